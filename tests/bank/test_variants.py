"""Variants of exercises: other names, another order, the same program; whatever speaks of it follows."""

import ast
import builtins
import keyword
import re
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bugforge.bank.fingerprint import fingerprint
from bugforge.bank.variants.arrangement import definitions_arranged, keywords_arranged
from bugforge.bank.variants.marks import Marks, alike, marks_carried
from bugforge.bank.variants.names import own_names, words
from bugforge.bank.variants.proof import proven
from bugforge.bank.variants.secret import key_of
from bugforge.bank.variants.thesaurus import entry_of, other_names, thesaurus
from bugforge.bank.variants.varying import edits_between, new_names, variant
from bugforge.forge.sites import Sites
from bugforge.formats.answers import answers
from bugforge.formats.folder import folder
from bugforge.model import Demo, Difficulty, Exercise, Observation
from bugforge.mutation.edits import edited, overlapping
from bugforge.pack import load_pack
from bugforge.sheet import sheet_of

KEYS = [key_of(b"secret", candidate, "exercise") for candidate in ("ana", "bob")]
PROGRAMS = [(p.name, name) for p in load_pack().problems.values() for name in p.implementations]
SEEN = Observation((), (), (), (), (), "it fails", 0, False, (), Demo(""), Demo(""))


@pytest.fixture(scope="module")
def planted(standard, store):
    """A sheet of an implementation with two bugs, if they go together; nothing of it was run."""
    sites = Sites(standard, store)

    def made(problem, name):
        problem = standard.problems[problem]
        implementation = problem.implementations[name]
        plans = (plan for bug in standard.bug_classes for plan in sites.of(implementation, bug)[:1])
        first = next(plans)
        apart = (plan for plan in plans if not overlapping([*first.edits, *plan.edits]))
        candidate = sites.candidate(problem, implementation, [first, *islice(apart, 1)])
        exercise = Exercise(
            "0" * 12,
            candidate.address,
            candidate.plans,
            candidate.lines,
            sites.fixes(candidate),
            Difficulty.EASY,
            5,
            SEEN,
        )
        return sheet_of(exercise, standard)

    return made


def canonical(source):
    """A program's fingerprint, whatever the order of its definitions and keywords."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            node.keywords.sort(key=lambda argument: argument.arg or "")
    tree.body.sort(key=lambda node: node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else "")
    return fingerprint(ast.unparse(tree))


def programs_of(sheet):
    """Every program that a sheet speaks of, in a fixed order."""
    alone = [edited(sheet.original, bug.edits) for bug in sheet.bugs]
    fixes = [fix for bug in sheet.bugs for fix in (*bug.fixes.also_right, *bug.fixes.treats_symptom)]
    return [sheet.original, sheet.broken, *alone, *(edited(sheet.broken, fix.edits) for fix in fixes)]


def replaced(text, names):
    return re.sub(r"[^\W\d]\w*", lambda word: names.get(word[0], word[0]), text)


@pytest.mark.parametrize(("problem", "name"), PROGRAMS)
def test_every_program_of_the_pack_is_the_same_program_in_its_variants(planted, problem, name):
    sheet = planted(problem, name)
    spoken = words("\n".join([*(sheet.files[file] for file in (*sheet.tests, "demo.py")), sheet.about.statement]))
    for key in KEYS:
        varied, names = variant(sheet, key), new_names(sheet, key)
        before, after = words("\n".join(programs_of(sheet))), words("\n".join(programs_of(varied)))
        assert names and len({*names.values()}) == len(names)
        assert not {*names.values()} & (before | {*keyword.kwlist, *dir(builtins)})
        assert before & spoken == after & spoken
        back = {new: old for old, new in names.items()}
        for old, new in zip(programs_of(sheet), programs_of(varied), strict=True):
            assert canonical(old) == canonical(replaced(new, back))
        whole = [edit for bug in varied.bugs for edit in bug.edits]
        assert edited(varied.original, whole) == varied.broken
        assert {**varied.files, sheet.program: sheet.broken} == sheet.files
        for old, new in zip(sheet.bugs, varied.bugs, strict=True):
            assert (old.digest, old.site, old.bug_class.id) == (new.digest, new.site, new.bug_class.id)
            assert at(replaced(sheet.broken, names), old.lines) == at(varied.broken, new.lines)
        assert {*answers(varied), *folder(varied)} == {*answers(sheet), *folder(sheet)}


def at(program, numbers):
    """The lines of these numbers, each without the order of its characters, in no order."""
    lines = program.splitlines()
    return sorted("".join(sorted(lines[number - 1])) for number in numbers)


def test_the_same_key_gives_the_same_variant_and_another_one_another(planted):
    sheet = planted("ab_test", "running_totals")
    assert variant(sheet, KEYS[0]) == variant(sheet, KEYS[0]) != variant(sheet, KEYS[1])
    assert key_of(b"s", "ana", "1") != key_of(b"s", "an", "a1") != key_of(b"t", "an", "a1")


def test_prose_and_errors_follow(planted):
    """What stands between backticks, and what Python quotes; the class's own id does not."""
    sheet = planted("ab_test", "running_totals")
    (bug, *rest), names = sheet.bugs, new_names(sheet, KEYS[0])
    hint = "Is `total` a total?"
    told = replace(bug.bug_class, id="total", title="`total * share` is wrong", hints=(hint,), follow_ups={hint: hint})
    seen = replace(SEEN, message="UnboundLocalError: 'total' of total, _moments() fails", line=3)
    varied = variant(replace(sheet, bugs=(replace(bug, bug_class=told), *rest), observation=seen), KEYS[0])
    new, found = names["total"], varied.bugs[0].bug_class
    assert (found.id, found.title, found.hints) == ("total", f"`{new} * share` is wrong", (f"Is `{new}` a total?",))
    assert found.follow_ups == {f"Is `{new}` a total?": f"Is `{new}` a total?"}
    assert varied.observation.message == f"UnboundLocalError: '{new}' of total, {names['_moments']}() fails"


def test_where_bugs_cannot_be_told_apart_the_exercise_stays_as_it_is(sheet):
    """An edit that makes two functions of one has no counterpart where these change places."""
    bug = replace(sheet.bugs[0], edits=edits_between(sheet.original, sheet.broken + "\n\ndef more():\n    return 1\n"))
    other = replace(sheet, bugs=(bug,), files={**sheet.files, sheet.program: edited(sheet.original, bug.edits)})
    assert variant(other, KEYS[0]) == other


PROGRAM = """
import numpy as np
from math import sqrt as root

LIMIT = 3
_hidden = {}


class Model:
    kind = "plain"

    def fit(self, rows, depth=0):
        total = rows.sum(axis=0)
        self.shape_ = total
        self._kept = [cell for cell in rows]
        return self._grow(total, depth=depth, fill=root(2))

    def _grow(self, values, depth, fill):
        gain = f"{values} gained"
        label = f"{depth=}"
        scale: float = 2.0
        return lambda part: part + self.scale + _hidden.get("label", fill) + scale
"""


def test_only_what_is_nobodys_business_gets_another_name():
    own, taken = own_names([PROGRAM], ["assert fit(rows)[0] == gain"])
    assert own == ["_hidden", "total", "_kept", "cell", "_grow", "values", "part"]
    assert {"np", "kind", "gain", "sum", "LIMIT", "print", "self"} <= taken


@pytest.mark.parametrize("line", ["getattr(model, name)", "locals()", "eval(text)", "type(model).__name__"])
def test_a_program_that_looks_for_things_by_name_keeps_its_names(line):
    assert own_names([f"{PROGRAM}\n{line}\n"], [])[0] == []


def test_a_foreign_base_may_look_for_a_helper_by_its_name():
    own, _ = own_names([PROGRAM.replace("class Model", "class Model(np.ndarray)")], [])
    assert not {"_grow", "_kept"} & {*own}
    assert "_hidden" in own


def test_the_thesaurus_holds_names():
    for name, entry in thesaurus().items():
        others = [other.replace("*", "x") for other in entry.others]
        assert len({*others}) == len(others) >= 3, name
        assert all(other.isidentifier() and not keyword.iskeyword(other) for other in others), name
        assert name not in entry.others and all(other.startswith("_") == name.startswith("_") for other in others), name
        assert len(entry.others) == len(thesaurus()[entry.group].others), f"{name} cannot be chosen with {entry.group}"


def test_names_that_belong_together_are_chosen_alike():
    for key in KEYS:
        chosen = other_names(["r0", "r1", "n_rows", "n_columns", "_unheard_of"], set(), key)
        assert chosen["r0"][:-1].rstrip("first") == chosen["r1"][:-1].rstrip("second")
        assert chosen["n_rows"].replace("rows", "columns") == chosen["n_columns"]
        assert "_unheard_of" not in chosen
    assert entry_of("_total").others == tuple(f"_{name}" for name in entry_of("total").others)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*thesaurus(), "n_x", "grad_w", "r0", "r1"]), max_size=40), st.binary(), st.data())
def test_no_two_names_become_one(names, key, data):
    names = [name for name in names if "*" not in name]
    taken = {*names, *data.draw(st.lists(st.sampled_from([o for e in thesaurus().values() for o in e.others])))}
    chosen = other_names(names, taken, key)
    assert len({*chosen.values()}) == len(chosen) and not {*chosen.values()} & taken


def orders(function, source):
    found = (function(source, key_of(b"s", str(n), "")) for n in range(20))
    return {text if isinstance(text, str) else text[0] for text in found}


@pytest.mark.parametrize(
    ("line", "many"),
    [
        ("x = np.sum(a, axis=1, keepdims=True)", 2),
        ("x = a.sum(axis=-1, keepdims=len(a) > 2, initial=(0))", 6),
        ("x = np.sum(a, axis=draw(1), keepdims=draw(2))", 1),  # what is drawn first matters
        ("x = rng.normal(loc=rng.normal(), scale=rng.normal())", 1),
        ("x = frame.assign(b=1, a=2)", 1),  # the order is that of the columns
        ("x = dict(b=1, a=2)", 1),
        ("x = f(b=1, a=2)", 1),  # a function of somebody's
        ("def f(**options):\n    return options\n\n\nx = f(b=1, a=2)", 1),
        ("def f(a, b):\n    return a - b\n\n\nx = f(b=1, a=2)", 2),
        ("x = np.sum(a, axis=1, **more)", 1),
        ("x = np.sum(\n    a,\n    axis=1,\n    keepdims=True,\n)", 1),  # each stays on its line
    ],
)
def test_the_order_of_keywords(line, many):
    found = orders(keywords_arranged, f"import numpy as np\n\n{line}\n")
    assert len(found) == many
    assert len({canonical(source) for source in found}) == 1


ONE = "def one():\n    return 1\n"
TWO = "class Two:\n    def get(self):\n        return one()\n"
THREE = "@dataclass\nclass Three(Two):\n    size: int = 3\n"


@pytest.mark.parametrize(
    ("parts", "many"),
    [
        ((ONE, TWO), 2),
        ((TWO, THREE), 1),  # a base comes first
        ((ONE, TWO, THREE), 3),
        ((ONE, "LIMIT = one()\n", TWO), 1),  # what runs at import stays between them
        ((ONE, "def two(x=one()):\n    return x\n"), 1),
        ((ONE, "@registered\ndef two():\n    return 2\n"), 1),
        ((ONE, "# of two\ndef two():\n    return 2\n"), 1),
        ((ONE, ONE), 1),  # the second is the one
        ((ONE, "def two():\n    return 2"), 2),
    ],
)
def test_the_order_of_definitions(parts, many):
    source = "\n\n".join(parts)
    found = orders(definitions_arranged, source)
    assert len(found) == many
    assert len({canonical(text) for text in found}) == 1
    for key in KEYS:
        text, numbers = definitions_arranged(source, key)
        assert [source.splitlines()[n - 1] for n in numbers] == text.splitlines()


def test_a_variant_that_does_something_else_is_found_out(sheet, runner):
    same = variant(sheet, KEYS[0])
    shown = replace(sheet, original=sheet.original.replace("0.0", "0.5"))
    quiet = replace(same, files={**same.files, sheet.program: same.original})
    wrong = replace(same, original=same.broken)
    assert proven([(sheet, same), (sheet, sheet)], runner) == ["", "nothing about it can be otherwise"]
    found = proven([(sheet, quiet), (sheet, wrong), (sheet, shown)], runner)
    assert [
        "it and its variant differ in test_mean.py::test_mean_of_two" in found[0],
        *("not pass" in f for f in found[1:]),
    ]


def test_marks():
    mine, theirs, more = {"a", "b", "c", "x"}, {"d", "e", "f", "x"}, {"d", "g", "h"}
    assert marks_carried("d = e = x", mine, {"bob": theirs, "cy": more}) == Marks("bob", 2, 3)
    assert marks_carried("d = g = h", mine, {"bob": theirs, "cy": more}) == Marks("cy", 3, 3)
    assert marks_carried("a = b # d, e and f", mine, {"bob": theirs}) == Marks("bob", 0, 3)
    assert marks_carried("def d(:", mine, {"bob": theirs}) == Marks("bob", 0, 3)
    assert not marks_carried("d = e", mine, {"bob": {"d", "e", "x"}}).known
    assert marks_carried("d = e", mine, {}) is None
    assert alike(mine, {"bob": theirs, "cy": {"a", "b", "d", "e", "f"}}) == ["cy"]
