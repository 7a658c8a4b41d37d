"""The answer key as a page for the interviewer."""

from collections.abc import Mapping, Sequence
from typing import Any

from bugforge import prices
from bugforge.formats.patch import patch
from bugforge.formats.text import changed_demo_lines, render
from bugforge.model import Alternative
from bugforge.mutation.diff import changed_lines
from bugforge.mutation.edits import edited
from bugforge.mutation.lines import bare_lines_of
from bugforge.sheet import PlantedBug, Sheet

MOST_TESTS = 5  # that are named


def key(sheet: Sheet) -> Mapping[str, bytes]:
    (fix,) = patch(sheet).values()
    page = render(
        "key.md.j2",
        sheet=sheet,
        bugs=[_told(bug, sheet.broken, len(sheet.bugs)) for bug in sheet.bugs],
        about=sheet.about,
        seen=sheet.observation,
        most_tests=MOST_TESTS,
        patch=fix.decode(),
        demo_today=changed_demo_lines(sheet.observation.right_demo, sheet.observation.demo),
        demo_right=changed_demo_lines(sheet.observation.demo, sheet.observation.right_demo),
        score_sheet=score_sheet(sheet),
    )
    return {f"{sheet.name}.md": page.encode()}


def _told(bug: PlantedBug, broken: str, bugs: int) -> dict[str, Any]:
    """A bug for the page: each other fix with the lines that it writes."""
    return {
        "bug_class": bug.bug_class,
        "lines": bug.lines,
        "symptoms": bug.symptoms,
        "hint_costs": f"{prices.HINT / bugs:g}",
        "accept": [(other.sentence, _written(other, broken)) for other in bug.fixes.also_right],
        "be_wary": [(other.sentence, _written(other, broken)) for other in bug.fixes.treats_symptom],
    }


def _written(other: Alternative, broken: str) -> list[str]:
    """The lines that an alternative writes, without their indentation."""
    new = edited(broken, other.edits)
    return [bare_lines_of(new)[number - 1].strip() for number in changed_lines(new, broken)]


def score_sheet(sheet: Sheet) -> list[dict[str, Any]]:
    """The rubric of an ML coding round, filled from what the gate saw of this exercise."""
    seen, edges = sheet.observation, set(sheet.observation.failing_edge_cases)
    ordinary = [name for name in seen.today if name not in edges]
    passing = len(seen.failing) + len(seen.passing) + len(seen.unsteady) - len(seen.today)
    lines = changed_lines(sheet.broken, sheet.original)
    look_for = {
        ("correctness", 30): [
            _now_passing(ordinary) if ordinary else "the failing edge cases pass",
            f"none of the {passing} passing tests breaks",
        ],
        ("ML understanding", 25): [f"explains in own words: {b.bug_class.title.rstrip('.')}" for b in sheet.bugs]
        + [f"can speak about {', '.join(sheet.about.concepts)}"],
        ("code quality", 20): [
            f"{_counted(lines, 'changed line')} would do, an honest rewrite is as good",
            "names and signatures are kept",
        ],
        ("edge cases", 15): [f"{name.rpartition('::')[2]} passes" for name in seen.failing_edge_cases]
        or ["names an input that could still break it"],
        ("communication", 10): [
            "said what the code should do before changing it",
            "full points without hints, else by what each costs",
        ],
    }
    return [{"criterion": name, "weight": weight, "look_for": items} for (name, weight), items in look_for.items()]


def _now_passing(tests: Sequence[str]) -> str:
    return f"{_counted(tests, 'failing test')} now {'passes' if len(tests) == 1 else 'pass'}"


def _counted(items: Sequence[object], noun: str) -> str:
    return f"{len(items)} {noun}{'' if len(items) == 1 else 's'}"
