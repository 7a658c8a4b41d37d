"""After the verdict: what was wrong, one's own words beside the model answer, and when it comes back."""

from collections.abc import Callable

from bugforge.cli import screen
from bugforge.cli.practice.asking import QUESTIONS, ask_step
from bugforge.cli.practice.shared import in_days
from bugforge.cli.practice.terminal import ask
from bugforge.formats.text import visible
from bugforge.grading.grader import Grader
from bugforge.grading.precision import Stretch, needed
from bugforge.grading.subject import subject_of
from bugforge.mutation.diff import unified
from bugforge.practice import Practice
from bugforge.practice.drill import Drill, State
from bugforge.practice.events import Step
from bugforge.runner.pool import Runner
from bugforge.sheet import Sheet


def explain(practice: Practice, drill: Drill, program: str, wrapped: Callable[..., list[str]]) -> Drill:
    """Explain a drill that is over, and ask what a good interviewer would ask."""
    sheet, out = practice.sheet(drill), screen.out

    def tell(text: str, indent: str = "  ") -> None:
        out.print("\n".join(wrapped(visible(text), indent)))

    if drill.fixed:
        drill = ask_step(practice, drill, Step.REASON)
    for bug in sheet.bugs:
        out.print(f"\nIt was {bug.bug_class.id}, line {', '.join(map(str, bug.lines))}", style="bold")
        tell(bug.bug_class.title)
        tell(" ".join(bug.bug_class.why.split()))
    _show_words(drill, tell)
    out.print("\nThe smallest fix", style="bold")
    tell(_change(sheet, sheet.original))
    if drill.fixed:
        out.print("\nYours", style="bold")
        tell(_change(sheet, program))
        for stretch, is_needed in _stretches(practice, sheet, program):
            if not is_needed:
                lines = (
                    f"{stretch.first}" if stretch.end <= stretch.first + 1 else f"{stretch.first} to {stretch.end - 1}"
                )
                tell(f"Not needed: what you changed at line {lines}.")
    _show_elsewhere(sheet, tell)
    for bug in sheet.bugs:
        for question, answer in bug.bug_class.follow_ups.items():
            out.print("\nAn interviewer would ask", style="bold")
            tell(question)
            ask("  (say it aloud, then Enter)")
            tell(answer)
    _show_return(practice, drill)
    return drill


def _show_words(drill: Drill, tell: Callable[[str], None]) -> None:
    said = dict(drill.said)
    if said:
        screen.out.print("\nWhat you said", style="bold")
    for step, words in said.items():
        where = f" (line {words.line}, {words.bug or 'no class'})" if step is Step.SUSPECTED else ""
        tell(f"{QUESTIONS[step]}{where} {words.words}")


def _change(sheet: Sheet, program: str) -> str:
    """What is changed, without the file's header."""
    return "".join(unified(sheet.broken, program, sheet.program).splitlines(keepends=True)[2:])


def _stretches(practice: Practice, sheet: Sheet, program: str) -> list[tuple[Stretch, bool]]:
    with Runner(practice.jobs) as runner:
        return needed(subject_of(sheet), program, Grader(runner, ()))


def _show_elsewhere(sheet: Sheet, tell: Callable[[str], None]) -> None:
    for bug in sheet.bugs:
        for example in bug.bug_class.examples[:1]:
            screen.out.print("\nThe same in another program: right", style="bold")
            tell(example.before)
            screen.out.print("wrong", style="bold")
            tell(example.after)


def _show_return(practice: Practice, drill: Drill) -> None:
    known = practice.known()
    for bug_class in drill.opened.bug_classes:
        if bug_class in known:
            due = in_days(known[bug_class].due, practice.today)
            screen.out.print(f"\nA sibling of this one is due {due}.")
    if drill.state is State.FIXED:
        screen.out.print("(You did not say why your change is right; `p` asks for it.)")
