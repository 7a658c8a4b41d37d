"""The answer key as a page for the interviewer."""

from collections.abc import Mapping, Sequence
from typing import Any

from bugforge.formats.patch import patch
from bugforge.formats.text import changed_demo_lines, render
from bugforge.mutation.diff import changed_lines
from bugforge.sheet import Sheet


def key(sheet: Sheet) -> Mapping[str, bytes]:
    (fix,) = patch(sheet).values()
    page = render(
        "key.md.j2",
        sheet=sheet,
        about=sheet.about,
        seen=sheet.observation,
        patch=fix.decode(),
        demo_today=changed_demo_lines(sheet.observation.right_demo, sheet.observation.demo),
        demo_right=changed_demo_lines(sheet.observation.demo, sheet.observation.right_demo),
        score_sheet=score_sheet(sheet),
    )
    return {f"{sheet.name}.md": page.encode()}


def score_sheet(sheet: Sheet) -> list[dict[str, Any]]:
    """The rubric of an ML coding round, filled from what the gate saw of this exercise."""
    seen, edges = sheet.observation, set(sheet.observation.failing_edge_cases)
    ordinary = [name for name in seen.failing if name not in edges]
    lines = changed_lines(sheet.broken, sheet.original)
    look_for = {
        ("correctness", 30): [
            _now_passing(ordinary) if ordinary else "the failing edge cases pass",
            f"none of the {len(seen.passing)} passing tests breaks",
        ],
        ("ML understanding", 25): [f"explains in own words: {b.bug_class.title.rstrip('.')}" for b in sheet.bugs]
        + [f"can speak about {', '.join(sheet.about.concepts)}"],
        ("code quality", 20): [f"{_counted(lines, 'changed line')} would do", "names and signatures are kept"],
        ("edge cases", 15): [f"{name.rpartition('::')[2]} passes" for name in seen.failing_edge_cases]
        or ["names an input that could still break it"],
        ("communication", 10): ["said what the code should do before changing it", "full points without hints"],
    }
    return [{"criterion": name, "weight": weight, "look_for": items} for (name, weight), items in look_for.items()]


def _now_passing(tests: Sequence[str]) -> str:
    return f"{_counted(tests, 'failing test')} now {'passes' if len(tests) == 1 else 'pass'}"


def _counted(items: Sequence[object], noun: str) -> str:
    return f"{len(items)} {noun}{'' if len(items) == 1 else 's'}"
