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
