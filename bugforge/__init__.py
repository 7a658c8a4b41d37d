"""Debug-and-fix exercises for machine-learning interviews.

What a mutator file imports: `from bugforge import Example, Mutator, Rewrite, role`. Names are resolved on first
use, so that the command line starts without libcst.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bugforge.model import Edit
    from bugforge.mutation import role
    from bugforge.mutation.mutator import Example, Mutator
    from bugforge.mutation.program import Program
    from bugforge.mutation.rewrite import Change, Code, Rewrite

__version__ = "0.1.0"
__all__ = ["Change", "Code", "Edit", "Example", "Mutator", "Program", "Rewrite", "role"]

_HOMES = {
    "Change": "mutation.rewrite",
    "Code": "mutation.rewrite",
    "Edit": "model",
    "Example": "mutation.mutator",
    "Mutator": "mutation.mutator",
    "Program": "mutation.program",
    "Rewrite": "mutation.rewrite",
}


def __getattr__(name: str) -> object:
    if name == "role":
        return import_module("bugforge.mutation.role")
    if name in _HOMES:
        return getattr(import_module(f"bugforge.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
