"""Where a mutator stood, in the program and in its own file, when it ended in an exception."""

import traceback
from pathlib import Path
from types import FrameType

import libcst as cst

from bugforge.errors import MutatorError
from bugforge.mutation.program import Program
from bugforge.mutation.term import Term


def failure(mutator: str, program: Program, error: BaseException) -> MutatorError:
    """The error that names both places; the first line of the program where the exception tells no better one."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)][::-1]
    node = next(filter(None, (_smallest(program, frame) for frame in frames)), program.module)
    own = mutator.replace("-", "_")
    raised = traceback.extract_tb(error.__traceback__)
    place = next((r for r in reversed(raised) if Path(r.filename).stem == own), raised[-1])
    return MutatorError(
        mutator,
        f"{type(error).__name__}: {error}",
        function=program.function_of(node),
        line=program.line_of(program.span(node)[0]),
        file=Path(place.filename).name,
        file_line=place.lineno or 1,
    )


def _smallest(program: Program, frame: FrameType) -> cst.CSTNode | None:
    """The shortest piece of the program that a function held in a variable."""
    held = [value.node if isinstance(value, Term) else value for value in frame.f_locals.values()]
    nodes = [node for node in held if isinstance(node, cst.CSTNode) and node in program.parents]
    return min(nodes, key=lambda node: len(program.text(node)), default=None)
