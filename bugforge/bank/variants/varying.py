"""The variant of an exercise: one map of names and one order for its program in every form, and for what is told."""

import ast
import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate

from bugforge.bank.variants.arrangement import Definition, definitions_arranged, keywords_arranged
from bugforge.bank.variants.names import WORD, own_names, renamed
from bugforge.bank.variants.secret import number
from bugforge.bank.variants.thesaurus import other_names
from bugforge.model import Alternative, BugClass, Edit, Fixes, Observation
from bugforge.mutation.edits import edited
from bugforge.mutation.lines import lines_of
from bugforge.sheet import DEMO, About, PlantedBug, Sheet

QUOTED = re.compile(r"`[^`\n]+`")
NAMED = re.compile(r"'[^'\n]+'|[\w.]+\(\)")  # how Python's own errors speak of a name


def variant(sheet: Sheet, key: bytes) -> Sheet:
    """The exercise as one candidate gets it; the sheet itself where nothing about it can be otherwise.

    The same sheet and key give the same variant. Ids, digests, tests and texts for the candidate stay as they are.
    """
    made = _Variation(new_names(sheet, key), key)
    found = made.sheet(sheet)
    one_order = len({tuple(made.definitions(form)) for form in _forms(sheet)}) == 1
    whole = edited(found.original, [edit for bug in found.bugs for edit in bug.edits]) == found.broken
    return found if one_order and whole else sheet


def new_names(sheet: Sheet, key: bytes) -> dict[str, str]:
    """What becomes of the names that are the program's own business, wherever they stand."""
    texts = [sheet.files[name] for name in (*sheet.tests, DEMO)]
    own, taken = own_names(_forms(sheet), [*texts, sheet.about.statement, sheet.about.title])
    return other_names(own, taken, key)


def names_changed(sheet: Sheet, varied: Sheet) -> set[str]:
    """The names that a variant has and its exercise has not."""
    before = set(WORD.findall(sheet.original + sheet.broken))
    return set(WORD.findall(varied.original + varied.broken)) - before


def _forms(sheet: Sheet) -> list[str]:
    """Every form of the program that a sheet speaks of: right, broken, with each bug alone, with each other fix."""
    alone = [edited(sheet.original, bug.edits) for bug in sheet.bugs]
    others = [
        edited(sheet.broken, other.edits)
        for bug in sheet.bugs
        for other in (*bug.fixes.also_right, *bug.fixes.treats_symptom)
    ]
    return list(dict.fromkeys([sheet.original, sheet.broken, *alone, *others]))


class _Variation:
    """What becomes of programs, and of what is said of them, under one map of names and one key."""

    def __init__(self, names: Mapping[str, str], key: bytes) -> None:
        self.names, self.key = names, key
        self._known: dict[str, tuple[str, list[int]]] = {}  # programs and where their lines come from, by source

    # of programs

    def program(self, source: str) -> str:
        return self._arranged(source)[0]

    def definitions(self, source: str) -> list[str]:
        """The functions and classes in their new order."""
        return [node.name for node in ast.parse(self.program(source)).body if isinstance(node, Definition)]

    def line(self, source: str, number: int) -> int:
        """Where a line of a program has gone."""
        numbers = self._arranged(source)[1]
        return numbers.index(number) + 1 if number in numbers else number

    def _arranged(self, source: str) -> tuple[str, list[int]]:
        if source not in self._known:
            arranged = keywords_arranged(renamed(source, self.names), self.key)
            self._known[source] = definitions_arranged(arranged, self.key)
        return self._known[source]

    # of what is said of them

    def sheet(self, sheet: Sheet) -> Sheet:
        return replace(
            sheet,
            files={**sheet.files, sheet.program: self.program(sheet.broken)},
            original=self.program(sheet.original),
            bugs=tuple(self._bug(bug, sheet) for bug in sheet.bugs),
            about=self._about(sheet.about),
            observation=self._observation(sheet.observation, sheet.broken),
        )

    def _about(self, about: About) -> About:
        """With another of the problem's stories, where it has some."""
        points = tuple(map(self._prose, about.talking_points))
        story = about.stories[number(self.key, "story") % len(about.stories)] if about.stories else about.story
        return replace(about, talking_points=points, story=story)

    def _bug(self, bug: PlantedBug, sheet: Sheet) -> PlantedBug:
        return replace(
            bug,
            bug_class=self._bug_class(bug.bug_class),
            lines=tuple(sorted(self.line(sheet.broken, number) for number in bug.lines)),
            edits=self._edits(sheet.original, bug.edits),
            symptoms=tuple(map(self._prose, bug.symptoms)),
            fixes=Fixes(
                self._alternatives(sheet, bug.fixes.also_right), self._alternatives(sheet, bug.fixes.treats_symptom)
            ),
        )

    def _bug_class(self, told: BugClass) -> BugClass:
        prose = self._prose
        return replace(
            told,
            title=prose(told.title),
            why=prose(told.why),
            symptoms={prose(sentence): fact for sentence, fact in told.symptoms.items()},
            hints=tuple(map(prose, told.hints)),
            follow_ups={prose(question): prose(answer) for question, answer in told.follow_ups.items()},
            also_right=tuple(map(prose, told.also_right)),
            treats_symptom=tuple(map(prose, told.treats_symptom)),
        )

    def _alternatives(self, sheet: Sheet, others: tuple[Alternative, ...]) -> tuple[Alternative, ...]:
        return tuple(
            Alternative(self._prose(other.sentence), self._edits(sheet.broken, other.edits)) for other in others
        )

    def _edits(self, source: str, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
        return edits_between(self.program(source), self.program(edited(source, edits)))

    def _observation(self, seen: Observation, broken: str) -> Observation:
        return replace(
            seen,
            message=self.error(seen.message),
            line=self.line(broken, seen.line),
            demo=replace(seen.demo, raised=self.error(seen.demo.raised)),
        )

    def _prose(self, text: str) -> str:
        """A text in which names stand between backticks."""
        return QUOTED.sub(lambda found: self._words(found[0]), text)

    def error(self, message: str) -> str:
        """What a run said, in which Python quotes names."""
        return NAMED.sub(lambda found: self._words(found[0]), message)

    def _words(self, text: str) -> str:
        return WORD.sub(lambda found: self.names.get(found[0], found[0]), text)


def edits_between(old: str, new: str) -> tuple[Edit, ...]:
    """What makes one program of another: of each stretch of lines that differs, no more than does."""
    before, after = lines_of(old), lines_of(new)
    starts, found = [0, *accumulate(map(len, before))], list[Edit]()
    for tag, i, j, k, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        was, becomes = "".join(before[i:j]), "".join(after[k:end])
        head = _common(was, becomes)
        tail = _common(was[head:][::-1], becomes[head:][::-1])
        found.append(Edit(starts[i] + head, starts[j] - tail, becomes[head : len(becomes) - tail]))
    return tuple(found)


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
