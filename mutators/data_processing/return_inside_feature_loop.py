"""The loop ends in its first round."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator, walk


class ReturnInsideFeatureLoop(Mutator):
    """The return stands in the body of the loop, so that one item is dealt with and the others are not.

    Four spaces decide whether a function returns after its loop or within it. Inside, the first round finishes, its
    result is returned, and whatever else was to be looped over is never reached. The result has the right form, with
    one column, one candidate or one key done; and for nothing to loop over there is None.
    """

    symptoms = {
        "I asked for two new columns and got one.": "other columns & cells by hand are missed",
        "One column is as it should be, and in the others the gaps are still open.": "gaps are filled otherwise",
    }
    hints = (
        "Ask for three things of the same kind, and count how many you get.",
        "Print a line in each round of every loop. How many rounds are there, and how many should there be?",
        "Something is to be done for each of several items, and all of them are passed in correctly. The result looks "
        "as if only one of them had been there. Whatever the body of the loop does, it does well; look at what is "
        "repeated, line by line, and at the column in which each of these lines starts.",
    )
    follow_ups = {
        "Why would a test with one item not find this?": (
            "With a single item the first round is the last. Loops want to be tested with none, one and several."
        ),
        "What does the function give for an empty list of items?": (
            "None: no round is made, and the end of the function is reached without a return."
        ),
    }
    sources = ("github.com/m1guer/django-scalar#5", "github.com/kipoi/kipoi#288")

    also_right = ()  # the line has to move; another way to write that is no other fix
    treats_symptom = (
        Fix(
            "Going through the items backward does another one first, and still only one.",
            "for $k in $items:\n    $table[$name] = $value\n    return $table",
            "for $k in reversed($items):\n    $table[$name] = $value\n    return $table",
        ),
    )
    examples = (
        Example(
            "def lags(df, ks):\n    for k in ks:\n        df[f'lag_{k}'] = df['x'].shift(k)\n    return df\n",
            "def lags(df, ks):\n    for k in ks:\n        df[f'lag_{k}'] = df['x'].shift(k)\n        return df\n",
        ),
        Example(
            "def best(features):\n    top = None\n    for f in features:\n"
            "        if top is None or gain(f) > gain(top):\n            top = f\n    return top\n",
            "def best(features):\n    top = None\n    for f in features:\n"
            "        if top is None or gain(f) > gain(top):\n            top = f\n        return top\n",
        ),
        Example(
            "def fill(X, columns):\n    X = X.copy()\n    for name in columns:\n        X[name] = X[name].fillna(0)\n"
            "    return X\n",
            "def fill(X, columns):\n    X = X.copy()\n    for name in columns:\n        X[name] = X[name].fillna(0)\n"
            "        return X\n",
        ),
    )
    untouched = (
        "def first(features):\n    for f in features:\n        if f:\n            return f\n    return None\n",
        "def fit(w, steps):\n    for _ in range(steps):\n        w = w - step(w)\n    return w\n",
        "def total(names):\n    count = len(names)\n    for name in names:\n        print(name)\n    return count\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        program = code.program
        for function in program.functions:
            block = function.body.body
            loop, end = (block[-2], block[-1]) if len(block) > 1 else (None, None)
            if not isinstance(loop, cst.For) or not isinstance(end, cst.SimpleStatementLine) or loop.orelse:
                continue
            if not _goes_over_items(loop) or any(isinstance(part, (cst.Return, cst.Break)) for part in walk(loop)):
                continue
            returned = end.body[0].value if isinstance(end.body[0], cst.Return) else None
            if returned is None or not _names(returned) or not _names(returned) <= program.writes(loop.body):
                continue
            start = program.span(end)[0]
            if not program.source[program.span(loop)[1] : start].strip():
                yield Change(end, (Edit(start, start, "    "),))


def _names(returned: cst.BaseExpression) -> set[str]:
    """The variables of `a` or `a, b`; none where anything else is returned."""
    parts = [element.value for element in returned.elements] if isinstance(returned, cst.Tuple) else [returned]
    return (
        {part.value for part in parts if isinstance(part, cst.Name)}
        if all(isinstance(part, cst.Name) for part in parts)
        else set()
    )


def _goes_over_items(loop: cst.For) -> bool:
    """Whether it goes through given things, not through rounds that are counted or ways of doing one thing better."""
    counted = (
        isinstance(loop.iter, cst.Call) and isinstance(loop.iter.func, cst.Name) and loop.iter.func.value == "range"
    )
    return isinstance(loop.target, cst.Name) and not counted
