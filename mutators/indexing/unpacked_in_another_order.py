"""Results are unpacked in another order than they are returned in."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator

AT_MOST = 3  # places of one program


class UnpackedInAnotherOrder(Mutator):
    """Two names of an unpacking change places, and each holds what was meant for the other.

    A call that returns several things returns them by position, and the names on the left are the caller's alone. If
    two of them are exchanged, every later line reads well and works on the wrong thing. Where both are of one kind,
    parts of a table for instance, nothing raises.
    """

    symptoms = {
        "Two numbers of the report stand in each other's place.": "the report does not belong together",
        "It stops with an error about shapes or types, at a line that is right.": "raises",
    }
    hints = (
        "Print type, shape and a few values of every variable right after it has got its value.",
        "Which variables hold something else than their names say, and where did they get it from?",
        "At every call whose result is taken apart, compare the order of the names on the left with the order in which "
        "the function returns its values. The line that complains is not the one that is wrong.",
    )
    follow_ups = {
        "How can a function return several things without an order to mistake?": (
            "As a named tuple, a dataclass or a dict, from which each is taken by its name."
        ),
        "Why do type checkers find only some of these?": (
            "Two arrays have one type, whatever they mean; only different types, or shapes in the type, would show it."
        ),
    }
    sources = ("github.com/xuhongzuo/DeepOD#39", "github.com/reservoirpy/reservoirpy#179")

    # also_right: none, because what is returned in another order is another function for all its callers
    treats_symptom = (
        Fix(
            "The wrong one is put into the shape of the other; it still is the wrong one.",
            "self.bias -= $rate * grad_b",
            "self.bias -= $rate * np.mean(grad_b)",
        ),
        Fix(
            "Sorting by size finds the larger part, not the one that belongs to the features.",
            "$X, y_rest, X_test, y_test = split($*rest)",
            "$X, y_rest, X_test, y_test = sorted(split($*rest), key=len)",
        ),
    )
    examples = (
        Example(
            "X_train, X_test, y_train, y_test = train_test_split(X, y)",
            "X_train, y_train, X_test, y_test = train_test_split(X, y)",
        ),
        Example(
            "def fit(X, y):\n    return solve(X, y), y.mean()\n\n\ndef run(X, y):\n    w, b = fit(X, y)\n"
            "    return X @ w + b\n",
            "def fit(X, y):\n    return solve(X, y), y.mean()\n\n\ndef run(X, y):\n    b, w = fit(X, y)\n"
            "    return X @ w + b\n",
        ),
        Example(
            "def f(A):\n    values, vectors = np.linalg.eigh(A)\n    return vectors[:, values > 0]\n",
            "def f(A):\n    vectors, values = np.linalg.eigh(A)\n    return vectors[:, values > 0]\n",
        ),
    )
    untouched = (
        "a, b = b, a",
        "x, y = f(x), g(y)",
        "p, r = unknown(z)\nf = 2 * p * r / (p + r)",
        "for a, b in pairs:\n    f(a, b)\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        found = list(_unpacked(code))
        yield from found[:AT_MOST]


KNOWN = frozenset({"eigh", "eig", "svd", "unique", "qr", "slogdet", "train_test_split", "histogram", "lstsq", "divmod"})


def _unpacked(code: Code) -> Iterator[Change]:
    """Every result of two things or more that is taken apart into variables of different uses."""
    program = code.program
    returning = {function.name.value for function in program.functions}
    for node in program.parents:
        if not isinstance(node, cst.Assign) or len(node.targets) != 1 or not isinstance(node.value, cst.Call):
            continue
        target, called = node.targets[0].target, program.text(node.value.func).rpartition(".")[2]
        if not isinstance(target, cst.Tuple) or called not in returning | KNOWN:
            continue
        names = [element.value for element in target.elements]
        if not all(isinstance(name, cst.Name) for name in names) or len(names) < 2:
            continue
        given = {program.text(arg.value) for arg in node.value.args}
        if program.text(names[0]) in given or program.text(names[1]) in given or "_" in map(program.text, names):
            continue  # what comes back as it went has its order
        a, b = names[1:3] if len(names) == 4 else names[:2]  # parts in fours: features and labels by turns
        yield Change(node, (program.replace(a, program.text(b)), program.replace(b, program.text(a))))
