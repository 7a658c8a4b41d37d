"""A verdict on the terminal, and as data for programs."""

import textwrap

from bugforge.cli import screen
from bugforge.formats.text import visible
from bugforge.grading.verdict import Verdict
from bugforge.model import Grade, Outcome

EXIT = {Grade.FIXED: 0, Grade.NOT_FIXED: 1, Grade.COULD_NOT_GRADE: 3}
WIDTH = 120  # of an explanation
COLOUR = {Grade.FIXED: "bold green", Grade.NOT_FIXED: "bold red", Grade.COULD_NOT_GRADE: "bold yellow"}


def show(verdict: Verdict, *, explained: bool = True) -> None:
    """The verdict for a person; of a fix, what the bug was, too, if that is to be `explained`."""
    out, passed = screen.out, sum(test.outcome is Outcome.PASSED for test in verdict.tests)
    out.print(f"\n{one_line(verdict.name)}: ", end="")
    out.print(verdict.grade, style=COLOUR[verdict.grade])
    out.print(f"  {plain_text(verdict.reason)}")
    if verdict.tests:
        seeds = screen.plural(len(verdict.seeds), "seed")
        out.print(f"  {passed} of {screen.plural(len(verdict.tests), 'test')} pass on {seeds}")
    if verdict.newly_broken:
        names = ", ".join(name.rpartition("::")[2] for name in verdict.newly_broken)
        out.print(f"  newly broken: {names}")
    if verdict.lines_changed is not None:
        changed, minimal = screen.plural(verdict.lines_changed, "line"), verdict.lines_minimal
        out.print(f"  {changed} changed, the smallest fix changes {minimal}")
    for diagnosis in verdict.diagnosis:
        said = {
            "the line": diagnosis.line,
            "the bug class": diagnosis.bug,
            "that there is no bug": diagnosis.no_bug,
        }
        out.print(f"  diagnosis: {', '.join(f'{what} is {near}' for what, near in said.items() if near)}")
    for note in verdict.notes:
        out.print(f"  note: {plain_text(note)}")
    for bug in verdict.bugs if explained and verdict.grade is Grade.FIXED else ():
        title = f"The bug was {bug.id}: {bug.title}"
        out.print(f"\n{textwrap.fill(title, WIDTH, initial_indent='  ', subsequent_indent='  ')}")
        for line in bug.why.splitlines():
            out.print(f"  {line.strip()}")


def one_line(name: str) -> str:
    """A name, on one line whatever is in it."""
    return visible(name).replace("\n", "\\n")


def plain_text(text: str) -> str:
    """Text of a submission, indented, without what could steer a terminal."""
    return visible(text).replace("\n", "\n  ")
