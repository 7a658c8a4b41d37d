"""What a mutator's examples and lookalikes promise."""

from collections.abc import Iterator
from pathlib import Path

from bugforge.errors import Mistake, MutatorError
from bugforge.mutation.code import Code
from bugforge.mutation.edits import edited
from bugforge.mutation.mutator import Mutator
from bugforge.mutation.pattern import IMPORTS
from bugforge.pack import Pack
from bugforge.pack.bug_classes import field_lines
from bugforge.store import Store


def wrong_examples(pack: Pack, store: Store) -> Iterator[Mistake]:
    """Examples that do not come out as written, and lookalikes that are not left alone."""
    for name, path in pack.mutators.paths.items():
        if name not in pack.own:
            continue
        where, key = path.relative_to(pack.root).as_posix(), [pack.mutators.text(name)]
        if store.get("examples", key):
            continue
        found = [Mistake(where, *wrong) for wrong in _wrong_snippets(pack.mutators[name], path)]
        if not found:
            store.put("examples", key, True)
        yield from found


def _wrong_snippets(mutator: Mutator, path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, what is wrong and what to do, of each example and lookalike that does not hold."""
    try:
        yield from _unlike(mutator, path)
    except MutatorError as error:
        yield error.file_line if error.file == path.name else 1, str(error), "mend the mutator"


def _unlike(mutator: Mutator, path: Path) -> Iterator[tuple[int, str, str]]:
    lines = {kind: field_lines(path, kind) for kind in ("examples", "untouched")}
    for line, example in zip(lines["examples"], mutator.examples, strict=True):
        made = outcomes(mutator, example.before)
        if _ended(example.after) not in made:
            yield line, f"the example does not hold: it gives {made or 'nothing'}", "mend it"
    for line, snippet in zip(lines["untouched"], mutator.untouched, strict=True):
        made = outcomes(mutator, snippet)
        if made:
            yield line, f"the lookalike is not left alone: it gives {made}", "tighten the rewrite"


def outcomes(mutator: Mutator, snippet: str) -> list[str]:
    """What a mutator makes of a snippet in which np, pd and math are imported."""
    code = Code(_ended(snippet), IMPORTS)
    return [edited(code.program.source, plan.edits) for plan in mutator.plans(code)]


def _ended(snippet: str) -> str:
    return snippet if snippet.endswith("\n") else f"{snippet}\n"
