"""One node of the canonical form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst


@dataclass(frozen=True, eq=False, slots=True)
class Term:
    """One node of the canonical form; two terms with the same `key` are the same program."""

    kind: str
    value: str
    children: tuple["Term", ...]
    node: cst.CSTNode | None
    token: cst.CSTNode | None
    key: int

    @property
    def origin(self) -> cst.CSTNode:
        """The node the term came from. Raises ValueError where it has none, as the `np` of a bare `exp`."""
        if self.node is None:
            raise ValueError(f"the {self.kind} {self.value!r} stands for no piece of the program")
        return self.node

    def __iter__(self) -> Iterator["Term"]:
        yield self
        for child in self.children:
            yield from child


def make(
    kind: str,
    value: str = "",
    children: Sequence[Term] = (),
    node: cst.CSTNode | None = None,
    token: cst.CSTNode | None = None,
) -> Term:
    keys = [child.key for child in children]
    if kind == "chain":
        keys.sort()
    return Term(kind, value, tuple(children), node, token, hash((kind, value, *keys)))


def name(text: str, node: cst.CSTNode | None = None) -> Term:
    return make("name", text, (), node, node)
