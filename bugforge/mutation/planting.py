"""Bugs planted in any Python text, without running it."""

import warnings
from collections.abc import Iterator, Mapping
from typing import Protocol

import libcst as cst

from bugforge.errors import MutatorError, UsageError
from bugforge.mutation.code import Code
from bugforge.mutation.edits import edited
from bugforge.mutation.mutator import Mutator


class HasMutators(Protocol):
    """A pack, as far as it is needed here."""

    @property
    def mutators(self) -> Mapping[str, Mutator]: ...


def mutants(source: str, pack: HasMutators) -> Iterator[tuple[str, str]]:
    """Every bug class of a pack at every site of a program, as the id of the class and the broken source.

    The program is not run, so that a change may prove harmless. A mutator that fails on it is left out with a warning.
    Raises UsageError for text that is not Python.
    """
    source = source.lstrip("\ufeff\f")  # which stand before a program and are no part of it
    try:
        compile(source, "<program>", "exec", dont_inherit=True)
        code = Code(source)
        if code.program.module.code != source:
            raise ValueError("a form feed stands before a statement")
    except (SyntaxError, ValueError, cst.ParserSyntaxError) as error:
        raise UsageError(f"the program is not Python ({error}); mend it first") from None
    except RecursionError:
        raise UsageError("the program has expressions too deep to read; break them up first") from None
    for name, mutator in pack.mutators.items():
        try:
            plans = mutator.plans(code)
        except MutatorError as error:
            warnings.warn(str(error), stacklevel=2)
            continue
        for plan in plans:
            yield name, edited(source, plan.edits)
