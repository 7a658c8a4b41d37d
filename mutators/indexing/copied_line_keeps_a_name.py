"""A line that was copied from the one above still has one of its names."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator, walk

AT_MOST = 3  # places of one program
TOKEN = re.compile(r"\w+|\S")


class CopiedLineKeepsAName(Mutator):
    """Two lines do the same for two things, and the second uses a part of what belongs to the first.

    Weights and bias, two gates, two sides: the second line is a copy of the first with other names, and one name has
    not been changed. Each line reads well by itself. What the second one should have used is computed and then
    ignored, and where both have the same shape nothing complains.
    """

    symptoms = {
        "One arm varies as if it had more users than it has, or fewer.": "no resample has such an estimate",
        "It stops with an error about shapes, some lines behind the cause.": "raises",
        "What is learnt from the training rows changes with rows that were held out.": "changes with held-out rows",
    }
    hints = (
        "Which values does this program compute and then make no use of?",
        "Change one of the inputs or parameters. Does everything move that depends on it, and nothing else?",
        "Where two lines of the program are alike but for their names, put them one above the other and go through "
        "them in columns. The names of one line should all belong to the same thing; in one of these lines there is a "
        "name that belongs to its neighbour.",
    )
    follow_ups = {
        "How would you write it so that there is nothing to copy?": (
            "Keep the things in a list or dict and loop over them, or give the line to a function that is called twice."
        ),
        "Which tool finds some of these mistakes?": (
            "A linter that reports variables without a use; it is silent where the value came from an unpacking."
        ),
    }
    sources = ("github.com/ddbourgin/numpy-ml#42", "github.com/hanbt/learn_dl#53")

    # also_right: none, because only the other name is right
    treats_symptom = (
        Fix(
            "The mean has a shape that fits, but it is the mean of what belongs to the other one.",
            "self.bias -= $rate * grad_w",
            "self.bias -= $rate * np.mean(grad_w)",
        ),
    )
    examples = (
        Example(
            "def gates(p, z):\n    Wf, bf = load(p)\n    Wu, bu = load(p)\n    f = z @ Wf + bf\n    u = z @ Wu + bu\n"
            "    return f, u\n",
            "def gates(p, z):\n    Wf, bf = load(p)\n    Wu, bu = load(p)\n    f = z @ Wf + bf\n    u = z @ Wu + bf\n"
            "    return f, u\n",
        ),
        Example(
            "def step(w, b, X, y):\n    gw, gb = slopes(w, b, X, y)\n    w -= 0.1 * gw\n    b -= 0.1 * gb\n"
            "    return w, b\n",
            "def step(w, b, X, y):\n    gw, gb = slopes(w, b, X, y)\n    w -= 0.1 * gw\n    b -= 0.1 * gw\n"
            "    return w, b\n",
        ),
        Example(
            "def ends(a, b, s, t):\n    low = a * s - b * s\n    high = a * t - b * t\n    return low, high + t\n",
            "def ends(a, b, s, t):\n    low = a * s - b * s\n    high = a * t - b * s\n    return low, high + t\n",
        ),
    )
    untouched = (
        "def f(x, y):\n    a = g(x)\n    b = g(y)\n    return a + b + x * y\n",
        "def f(x, y):\n    a = x + 1\n    b = y + 2\n    return a * b\n",
        "def f(x):\n    a = x.min()\n    a = a * 2\n    return a\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        yield from islice(_kept(code), AT_MOST)


def _kept(code: Code) -> Iterator[Change]:
    """Every pair of lines that are alike but for two names or more, with the last one of the second left as it was."""
    program = code.program
    blocks = [node for node in program.parents if isinstance(node, cst.IndentedBlock)]
    for first, second in (pair for block in blocks for pair in pairwise(block.body)):
        above, here = _stored(first), _stored(second)
        if above is None or here is None or type(above) is not type(here) or "\n" in program.text(second):
            continue
        words, others = TOKEN.findall(program.text(above)), TOKEN.findall(program.text(here))
        changed = [(a, b) for a, b in zip(words, others, strict=False) if a != b]
        if len(words) != len(others) or not all(a.isidentifier() and b.isidentifier() for a, b in changed):
            continue
        renamed = {b: a for a, b in changed}
        names = [node for node in walk(here.value) if isinstance(node, cst.Name) and code.scopes.is_variable(node)]
        differing = [node for node in names if node.value in renamed]
        in_value = [word for word in TOKEN.findall(program.text(here.value)) if word in renamed]
        if not differing or len(in_value) < (2 if isinstance(here, cst.Assign) else 1):
            continue  # two lines that give the same would stand out
        last = differing[-1]
        if _is_used_elsewhere(code, last):
            yield Change(second, (Edit(*program.span(last), renamed[last.value]),))


def _stored(line: cst.CSTNode) -> cst.Assign | cst.AugAssign | None:
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
        return None
    stored = line.body[0]
    return stored if isinstance(stored, (cst.Assign, cst.AugAssign)) else None


def _is_used_elsewhere(code: Code, name: cst.Name) -> bool:
    """Whether a name is read again, or came from a call that gives several things."""
    if len(code.scopes.reads_of(name.value, name)) > 1:
        return True
    bound = code.scopes.bindings_of(name.value, name)
    return bool(bound) and all(b.position is not None for b in bound)
