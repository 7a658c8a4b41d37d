"""The reduced axis is not kept."""

from bugforge import Example, Fix, Mutator, Rewrite, role

REDUCTIONS = ("sum", "max", "min", "mean", "std", "var", "norm")
LAST = role.that(lambda term: term.kind == "arg" and term.value == "axis" and role.has(role.number(1)).holds(term))
ROWWISE = role.that(
    lambda term: term.kind == "call" and term.value in REDUCTIONS and any(LAST.holds(arg) for arg in term.children)
)


class MissingKeepdims(Mutator):
    """A number for each row loses its own axis and is laid along the columns.

    numpy lines shapes up from the last axis. A reduction along the rows gives shape (n,), which an (n, k) matrix meets
    at its columns: unless k equals n the shapes clash, and when they agree column j is combined with the value of row
    j. Beside a column (n, 1) it spreads to (n, n). Keeping the reduced axis, as (n, 1), is what makes each row meet
    its own value.
    """

    symptoms = {
        "It stops with an error about shapes that cannot be broadcast, for a batch that is nothing special.": (
            "raises"
        ),
    }
    hints = (
        "Try inputs of different length: one row, as many rows as the result has columns, and more.",
        "Look at the shapes on both sides of every division, sum and difference.",
        "Along which axis of its neighbours does numpy lay an array of one value for each row?",
    )
    follow_ups = {
        "Why is the same omission harmless after a reduction over the rows?": (
            "The result has shape (k,), and aligned from the last axis it meets the columns, where it belongs."
        ),
        "Which input should a test of row-wise code contain?": (
            "A square one whose rows differ: it is the one that does not crash and does not come out right."
        ),
    }
    sources = ("github.com/ageron/handson-ml2#26", "github.com/HomebrewML/HeavyBall#96")

    also_right = (
        Fix(
            "An index with None behind the reduction puts the axis back.",
            "np.max($x, axis=1)",
            "np.max($x, axis=1)[:, None]",
        ),
        Fix(
            "Reshaped to a column the sums meet their own rows.",
            "np.sum($x, axis=1)",
            "np.sum($x, axis=1).reshape(-1, 1)",
            x=role.named("exponentials") | role.call("exp"),
        ),
        Fix(
            "The outer sum of the two vectors is the matrix that broadcasting would make of a column and a row.",
            "np.sum(A ** 2, axis=1) + np.sum(B ** 2, axis=1) - $products",
            "np.add.outer(np.sum(A**2, axis=1), np.sum(B**2, axis=1)) - $products",
        ),
    )
    treats_symptom = (
        Fix(
            "One maximum for the whole batch fits every shape, but a row far below it loses all its digits.",
            "np.max($x, axis=1)",
            "np.max($x)",
        ),
        Fix(
            "A sum without an axis broadcasts anywhere, but all rows then share one total.",
            "np.sum($x, axis=1)",
            "np.sum($x)",
            x=role.named("exponentials") | role.call("exp"),
        ),
        Fix(
            "Which row of B is nearest does not depend on the first term, but the distances do.",
            "np.sum(A ** 2, axis=1) + np.sum(B ** 2, axis=1) - $products",
            "np.sum(B ** 2, axis=1) - $products",
        ),
    )
    rewrites = (
        *(
            Rewrite(f"np.{name}($x, axis={axis}, keepdims=True)", f"np.{name}($x, axis={axis})")
            for name in (*REDUCTIONS[:-1], "linalg.norm")
            for axis in ("1", "-1")
        ),
        Rewrite("$values[:, None]", "$values", values=ROWWISE),
        Rewrite("$values[:, np.newaxis]", "$values", values=ROWWISE),
        Rewrite("$values.reshape(-1, 1)", "$values", values=ROWWISE),
        Rewrite("np.expand_dims($values, $axis)", "$values", values=ROWWISE),
    )
    examples = (
        Example("p = e / e.sum(axis=1, keepdims=True)", "p = e / e.sum(axis=1)"),
        Example("z = z - np.max(z, axis=-1, keepdims=True)", "z = z - np.max(z, axis=-1)"),
        Example(
            "unit = X / np.linalg.norm(X, axis=1)[:, None]",
            "unit = X / np.linalg.norm(X, axis=1)",
        ),
        Example("share = counts / counts.sum(axis=1).reshape(-1, 1)", "share = counts / counts.sum(axis=1)"),
    )
    untouched = (
        "mu = X.mean(axis=0, keepdims=True)",
        "total = np.sum(X, keepdims=True)",
        "top = z.max(axis=1)",
        "column = y[:, None]",
    )
