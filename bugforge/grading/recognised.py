"""What a submission did about a bug, where its mutator has a sentence on just that change. It never sways a verdict."""

import ast
from collections.abc import Iterator

from bugforge.grading.subject import Subject
from bugforge.model import Alternative
from bugforge.mutation.edits import edited
from bugforge.runner.sandboxed.isolated import run_isolated

RIGHT, WRONG = "an honest fix", "this treats the symptom"


def recognised(source: str, subject: Subject) -> tuple[str, ...]:
    """A note for each known change that the program makes; none for a text that cannot be read."""
    if subject.broken is None:
        return ()
    broken = subject.broken
    return tuple(run_isolated(lambda: list(_notes(source, broken, subject))) or ())


def _notes(source: str, broken: str, subject: Subject) -> Iterator[str]:
    mine, before, right = _functions(source), _functions(broken), _functions(subject.original)
    for bug in subject.bugs:
        planted = _changed(right, _functions(bug.alone))
        for said, alternatives in ((RIGHT, bug.fixes.also_right), (WRONG, bug.fixes.treats_symptom)):
            for other in alternatives:
                if _is_made(other, broken, before, mine, planted):
                    yield f"{said}: {other.sentence}"


def _is_made(other: Alternative, broken: str, before: dict[str, str], mine: dict[str, str], planted: set[str]) -> bool:
    """Whether every function that the change touches, or the bug does, is the submission's, layout aside."""
    after = _functions(edited(broken, other.edits))
    changed = _changed(before, after)
    return bool(changed) and all(mine.get(name) == after.get(name) for name in changed | planted)


def _changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name, text in after.items() if before.get(name) != text}


def _functions(source: str) -> dict[str, str]:
    """The syntax tree of each function by dotted name; that of what stands outside of any by an empty one."""
    found: dict[str, str] = {}

    def visit(node: ast.AST, around: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef):
                found[f"{around}{child.name}"] = ast.dump(child)
            elif isinstance(child, ast.ClassDef):
                visit(child, f"{around}{child.name}.")
            else:
                found[around] = found.get(around, "") + ast.dump(child)

    visit(ast.parse(source), "")
    return found
