"""No mutator fails on a program, however it is written; and what every edit of every mutator keeps to."""

import ast
import textwrap

import pytest

from bugforge import Code, mutants
from bugforge.errors import UsageError
from bugforge.mutation.pattern import IMPORTS
from bugforge.pack import load_pack

PACK = load_pack()
SNIPPETS = [s.rstrip("\n") for m in PACK.mutators.values() for s in (*(e.before for e in m.examples), *m.untouched)]


def indented(snippet, head):
    return f"{head}\n{textwrap.indent(snippet, '    ')}\n"


def on_one_line(snippet, head):
    """A snippet of simple statements behind the colon of a compound statement; others as they are."""
    simple = all(isinstance(s, (ast.Assign, ast.AugAssign, ast.Expr, ast.Return)) for s in ast.parse(snippet).body)
    return f"{head} {'; '.join(snippet.splitlines())}\n" if simple and "\n " not in snippet else f"{snippet}\n"


NLL = "def nll(p):\n    return -np.mean(np.log(p))\n"


@pytest.mark.parametrize("before", ["\f", "\ufeff", "# a\u2028b \x85 \x1c\n\f\n", "x = '\x0b'\r\n"])
def test_only_line_ends_of_python_end_a_line(before):
    found = dict(mutants(f"{before}import numpy as np\n{NLL}", PACK))
    assert found["loss-sign-missing-minus"].endswith("def nll(p):\n    return np.mean(np.log(p))\n")


@pytest.mark.parametrize(
    "source", ["x = 1 +", "x = " + "-" * 3000 + "1", "x = " + " + ".join("x" * 3000), "x = '\0'", f"x = 1\n\f{NLL}"]
)
def test_what_cannot_be_read_is_told(source):
    with pytest.raises(UsageError):
        list(mutants(source, PACK))


LAYOUTS = {
    "function": lambda s, n: indented(s, f"def f{n}(X_train, X_test, y_train, /, y_test, *rest, rng=None, **options):"),
    "method": lambda s, n: indented(
        indented(s, f"@staticmethod\nasync def step{n}(self, *args):"), f"class Model{n}(Base):"
    ),
    "class body": lambda s, n: indented(s, f"class Table{n}:"),
    "loop over parts": lambda s, n: indented(s, "for (X_train, y_train), (X_test, y_test) in folds:"),
    "with": lambda s, n: indented(s, "with split(X) as (X_train, X_test), np.errstate(all='ignore'):"),
    "match": lambda s, n: (
        f"match data:\n    case {{'X_train': X_train, **rest}} if X_train:\n{textwrap.indent(s, ' ' * 8)}\n"
    ),
    "handler": lambda s, n: (
        f"try:\n{textwrap.indent(s, '    ')}\nexcept (OSError, KeyError) as e:\n    raise\nelse:\n    a, *b = c\n"
    ),
    "one line": lambda s, n: on_one_line(s, "if ready:"),
    "semicolons": lambda s, n: on_one_line(s, "while (p := step()) > tol: import math;"),
    "bare": lambda s, n: f"{s}\n",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_mutator_fails_and_each_mutant_is_python_that_differs(layout):
    parts, mine = [], SNIPPETS[list(LAYOUTS).index(layout) :: len(LAYOUTS)]
    for number, snippet in enumerate(mine):
        part = LAYOUTS[layout](snippet, number)
        try:
            compile(part, "snippet", "exec")
        except SyntaxError:  # a bare return and the like
            continue
        parts.append(part)
    assert len(parts) > len(mine) / 2
    code = Code("".join(parts), IMPORTS)
    found = [(m, plan) for m in PACK.mutators.values() for plan in m.plans(code)]
    assert len({mutator.id for mutator, _ in found}) > 10
    for _, plan in found:
        assert all(edit.text != code.program.source[edit.start : edit.end] for edit in plan.edits)


STRANGE = """
import numpy as np, pandas as pd
from numpy import *
from . import sibling

total: float
rate: float = 0.1
self.rate: float
(w) = (x) = 3
[a, *b], c = d = e
x = yield_ = lambda *a, k=1, **o: (a, k, o)
if (n := len(x)) > 3: print(n); y = n
del x[0], y.z
assert x, "no"
global_ = [*a, *b, *{**c}]
p = x if y else z if u else v
q = not a in b is not c
r = f"{x!r:>{width}} {y:.2f}" f"{z}" "plain"; b"bytes"
s = x[..., None, 1:2:3, ::-1, *rest]
t = {k: v for k, v in x.items() if v for w in v if w}
u = (i async for i in x) if 0 else 1_000.5e-3j + 0xFF + 10**400 + HUGE
print(*a, *b, sep="", **k)


class A(B, metaclass=M):
    x: int = 3
    def f(self, a, /, b, *, c=1, **d) -> "int":
        nonlocal_ = a @ b @ c.T
        def g():
            nonlocal nonlocal_
            global total
            nonlocal_ -= lr * grad
            yield from a
            return (yield)
        return g

    @property
    async def h(self):
        async with a as b, c: await d
        async for i in j: pass
        else: pass
        return [i async for i in j if await i]


match x:
    case [1, 2, *rest] | (A(y=3) as rest): pass
    case {"k": None, **others}: w -= lr * grad
    case A.b | -1 | "s": pass
    case _: pass
try: x = 1
except* ValueError: pass
finally: y = 2
while True: break
else: pass
for w in x: w -= lr * grad; b -= lr * db
with (open(a) as f, open(b)): pass
raise A from None
"""


def test_no_mutator_fails_on_the_whole_grammar():
    code = Code(STRANGE.replace("HUGE", "1" + "0" * 400))
    assert [plan.planted.mutator for m in PACK.mutators.values() for plan in m.plans(code)]
