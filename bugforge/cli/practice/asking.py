"""The procedure for finding a bug, asked step by step; every step may be passed over."""

import difflib
from collections.abc import Iterable

from bugforge.cli import screen
from bugforge.cli.practice.terminal import ask
from bugforge.practice import Practice
from bugforge.practice.drill import OVER, Drill
from bugforge.practice.events import Step

QUESTIONS = {
    Step.EXPECTED: "What should it do?",
    Step.SEEN: "What do you see instead?",
    Step.SUSPECTED: "Why do you think so?",
    Step.TEST: "Which test would tell?",
    Step.CHANGE: "What do you change?",
    Step.REASON: "Why is that right?",
}


def ask_all(practice: Practice, drill: Drill) -> Drill:
    """All six questions; Enter passes one over."""
    screen.out.print("Six questions; Enter passes one over.\n", style="bold")
    for step in Step:
        drill = ask_suspicion(practice, drill) if step is Step.SUSPECTED else ask_step(practice, drill, step)
    return drill


def ask_step(practice: Practice, drill: Drill, step: Step) -> Drill:
    words = ask(QUESTIONS[step])
    return practice.say(drill, step, words) if words else drill


def ask_suspicion(practice: Practice, drill: Drill) -> Drill:
    """The line and the class; both are judged after the verdict."""
    length = practice.sheet(drill).broken.count("\n")
    line = ask("Which line do you suspect? (as handed out)")
    number = int(line) if line.isascii() and line.isdigit() and 1 <= int(line[:9]) <= length else 0
    if line and not number:
        screen.out.print(f"  There is no such line; the program has {length}.")
    named = ask("Which kind of bug? (some words of its name)")
    bug = class_named(named, practice.pack.bug_classes)
    if named:
        screen.out.print(f"  Taken as {bug}." if bug else "  No class has a name like that; your words are kept.")
    words = ask(QUESTIONS[Step.SUSPECTED])
    if not (number or named or words) or drill.state in OVER:
        return drill
    said = words if bug else " ".join(part for part in (named, words) if part)
    return practice.say(drill, Step.SUSPECTED, said, number, bug)


def class_named(words: str, classes: Iterable[str]) -> str:
    """The class whose name is nearest to some words; empty where none is near."""
    known, wanted = list(classes), "-".join(words.lower().replace("_", " ").split())
    if not wanted or wanted in known:
        return wanted
    holding = [name for name in known if all(part in name for part in wanted.split("-"))]
    near = difflib.get_close_matches(wanted, holding or known, n=1, cutoff=0.0 if holding else 0.6)
    return near[0] if near else ""
