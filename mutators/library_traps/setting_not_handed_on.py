"""A call leaves out an argument, and the default takes its place."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator, Program, walk

AT_MOST = 3  # places of one program


class SettingNotHandedOn(Mutator):
    """A function is called without one of its optional arguments and works with its default.

    A parameter with a default cannot be missed: Python raises nothing, and the function does something sensible, only
    not what its caller wanted. Whoever sets the value to the default sees no difference, and the others see that a
    setting has no effect, or that one call among several does another thing than the rest.
    """

    symptoms = {
        "Part of the report is as with the defaults, whatever I set.": "the report does not belong together",
        "One setting has no effect: whatever I give, the tree grows as it does with the default.": (
            "the tree grows otherwise"
        ),
    }
    hints = (
        "Call it with settings that differ from every default. Which of them has no effect?",
        "Follow one setting from where it is given to where it is used. At which call does it stop?",
        "For each call of a function of this program, write its parameters beside the arguments that it is given. "
        "Where a parameter gets none, its default is used; ask at each of these places whether the caller has a value "
        "of its own that should have gone there.",
    )
    follow_ups = {
        "How would you make such a mistake impossible?": (
            "Give helpers no defaults: only the outermost function needs them, and a helper that misses an argument "
            "then raises at once."
        ),
        "Which tests find it?": (
            "One a setting, with a value far from its default, that asserts what only that value brings about."
        ),
    }
    sources = ("github.com/CaptainE/RNN-LSTM-in-numpy#1",)

    also_right = (
        Fix(
            "Given by its keyword the argument reaches the same parameter.",
            "best_split($X, $y, self.criterion)",
            "best_split($X, $y, self.criterion, min_samples_leaf=self.min_samples_leaf)",
        ),
    )
    treats_symptom = (
        Fix(
            "A larger node is asked for, but its parts may still be as small as one row.",
            "len($rows) >= self.min_samples_split",
            "len($rows) >= max(self.min_samples_split, 2 * self.min_samples_leaf)",
        ),
    )
    examples = (
        Example(
            "def sig(x, derivative=False):\n    s = 1 / (1 + np.exp(-x))\n"
            "    return s * (1 - s) if derivative else s\n\n\n"
            "def back(z, d):\n    return sig(z, derivative=True) * d\n",
            "def sig(x, derivative=False):\n    s = 1 / (1 + np.exp(-x))\n"
            "    return s * (1 - s) if derivative else s\n\n\n"
            "def back(z, d):\n    return sig(z) * d\n",
        ),
        Example(
            "def dist(a, b, p=2):\n    return (np.abs(a - b) ** p).sum() ** (1 / p)\n\n\nclass KNN:\n"
            "    def near(self, x):\n        return [dist(x, r, self.p) for r in self.X]\n",
            "def dist(a, b, p=2):\n    return (np.abs(a - b) ** p).sum() ** (1 / p)\n\n\nclass KNN:\n"
            "    def near(self, x):\n        return [dist(x, r) for r in self.X]\n",
        ),
        Example(
            "def mean(x, w=None):\n    return np.average(x, weights=w)\n\n\ndef score(x, w):\n"
            "    return mean(x, w=w) / w.sum()\n",
            "def mean(x, w=None):\n    return np.average(x, weights=w)\n\n\ndef score(x, w):\n"
            "    return mean(x) / w.sum()\n",
        ),
    )
    untouched = (
        "def f(x, k=1):\n    return x * k\n\n\ny = f(2, 1)\n",
        "def f(x, k):\n    return x * k\n\n\ndef g(x, y):\n    return f(x, k=y)\n",
        "def f(x, k=1):\n    return x * k\n\n\ndef g(x, k):\n    return f(x, k)\n",
        "def g(x):\n    return h(x, k=3)\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        found = list(_calls(code))
        yield from found[:AT_MOST]


def _calls(code: Code) -> Iterator[Change]:
    """Every call of a function of the program that gives an optional parameter another value than its default."""
    program = code.program
    known: dict[str, list[cst.FunctionDef]] = {}
    for function in program.functions:
        known.setdefault(function.name.value, []).append(function)
    for call in (node for node in program.parents if isinstance(node, cst.Call) and node.args):
        named = program.text(call.func).removeprefix("self.")
        if len(known.get(named, ())) != 1 or any(arg.star for arg in call.args):
            continue
        parameters = [p for p in known[named][0].params.params if p.name.value not in ("self", "cls")]
        parameters += known[named][0].params.kwonly_params
        for i, arg in enumerate(call.args):
            if arg.keyword is None and i < len(call.args) - 1:
                continue  # the next one would take its place
            wanted = arg.keyword.value if arg.keyword else parameters[i].name.value if i < len(parameters) else ""
            default = next((p.default for p in parameters if p.name.value == wanted), None)
            if default is None or program.text(default) == program.text(arg.value) or not _stays(code, arg.value):
                continue
            yield Change(call, (_without(program, call, i),))


def _without(program: Program, call: cst.Call, i: int) -> Edit:
    """The edit that takes an argument out of a call, with the comma that stood before or behind it."""
    end = program.outer_span(call.args[i].value)[1]
    if i:
        return Edit(program.outer_span(call.args[i - 1].value)[1], end, "")
    following = program.outer_span(call.args[1])[0] if len(call.args) > 1 else end
    return Edit(program.outer_span(call.args[0])[0], following, "")


def _stays(code: Code, value: cst.BaseExpression) -> bool:
    """Whether no parameter is left without a use when an argument goes."""
    for name in (node for node in walk(value) if isinstance(node, cst.Name) and code.scopes.is_variable(node)):
        bound = code.scopes.bindings_of(name.value, name)
        if any(isinstance(b.statement, cst.Param) for b in bound) and len(code.scopes.reads_of(name.value, name)) < 2:
            return False
    return True
