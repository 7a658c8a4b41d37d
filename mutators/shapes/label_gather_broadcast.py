"""A slice stands where each row should name its own entry."""

from bugforge import Example, Fix, Mutator, Rewrite, role


class LabelGatherBroadcast(Mutator):
    """Indexing with a slice and the labels takes every label's column from every row.

    Two index arrays are read in pairs: row i with label i, n entries in all. A slice and an index array are combined
    instead, and the result is an (n, n) matrix of each row against each label. A mean over it is still a number, near
    the true loss as long as all rows are predicted alike; written to, it touches the columns of all labels in every
    row.
    """

    symptoms = {
        "With pencil and paper the loss is another one, unless all rows of the batch have the same label.": (
            "loss by hand is missed"
        ),
        "Each direction should be turned as a whole, and it is not.": "components are others",
    }
    hints = (
        "Work out the loss of two rows with different labels by hand.",
        "Look at the shape of what is averaged. How many numbers should there be for n rows?",
        "How does numpy read two index arrays, and how a slice beside one?",
    )
    follow_ups = {
        "Why does a test with one row not find it?": (
            "A single row against a single label is one entry either way; and where all rows of the table are equal, "
            "so is the mean."
        ),
        "Name another spelling that picks one entry a row.": (
            "np.take_along_axis(p, y[:, None], axis=1)[:, 0], or a product with one-hot labels summed over the classes."
        ),
    }
    sources = ()

    also_right = (
        Fix(
            "take_along_axis picks one entry a row; the labels go in as a column and the result is flattened.",
            "$p[:, $y]",
            "np.take_along_axis($p, $y[:, None], axis=1)[:, 0]",
            y=role.TARGET,
        ),
        Fix(
            "The wanted entries are the diagonal of that matrix; right, though it takes n squared numbers to get n.",
            "$p[:, $y]",
            "np.diag($p[:, $y])",
            y=role.TARGET,
        ),
    )
    treats_symptom = (
        Fix(
            "One number a row is the right shape, but the labels of all the other rows are still mixed in.",
            "$p[:, $y]",
            "$p[:, $y].mean(axis=1)",
            y=role.TARGET,
        ),
        Fix(
            "The largest entry is the label's own only where the model is right, so mistakes cost too little.",
            "$p[:, $y]",
            "$p[:, $y].max(axis=1)",
            y=role.TARGET,
        ),
    )
    rewrites = (
        Rewrite("$p[np.arange($n), $y]", "$p[:, $y]", y=role.VARIABLE),
        Rewrite("$p[range($n), $y]", "$p[:, $y]", y=role.VARIABLE),
        Rewrite("$p[list(range($n)), $y]", "$p[:, $y]", y=role.VARIABLE),
    )
    examples = (
        Example("nll = -np.log(p[np.arange(len(y)), y]).mean()", "nll = -np.log(p[:, y]).mean()"),
        Example("dz[range(n), y] -= 1", "dz[:, y] -= 1"),
        Example("targets[np.arange(y.size), y] = 1", "targets[:, y] = 1"),
    )
    untouched = (
        "column = p[:, 1]",
        "first = p[np.arange(n), 0]",
        "diagonal = K[np.arange(n), np.arange(n)]",
        "rows = X[np.arange(n)]",
    )
