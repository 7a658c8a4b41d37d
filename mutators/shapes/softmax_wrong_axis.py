"""The softmax is normalised down the columns."""

from bugforge import Example, Fix, Mutator, Rewrite

LAST = ("1", "-1")
KEPT = ("np.sum({}, axis={}, keepdims=True)", "np.sum({}, axis={})[:, None]", "np.sum({}, axis={})[:, np.newaxis]")
FLIPPED = ("np.sum({}, axis=0, keepdims=True)", "np.sum({}, axis=0)[None, :]", "np.sum({}, axis=0)[np.newaxis, :]")
USES = ("return $e / {}", "$p = $e / {}", "$e /= {}")


class SoftmaxWrongAxis(Mutator):
    """The exponentials are summed along the first axis, across rows, and not within each row.

    Softmax turns the scores of one row, over the classes of a sample or the keys of a query, into shares of 1, so the
    divisor belongs to the row. A sum along the first axis broadcasts as well, and each column then shares out a total
    of 1 among the rows: a row adds up to something else, and what it gets depends on which others are beside it. In
    a log-softmax the logarithm of the wrong sum is subtracted, to the same effect.
    """

    symptoms = {
        "The probabilities of a row do not sum to one, and depend on which rows are beside it.": (
            "probabilities do not add up"
        ),
        "The loss of undecided logits changes with the number of rows in the batch.": (
            "loss too high & a metric by hand is missed"
        ),
    }
    hints = (
        "Put in one row by itself and again among others. Does it get the same numbers?",
        "Which of the shares should add up to 1, and which ones do?",
        "Along which axis of the scores do the rivals of a row stand, and over which one are the exponentials summed?",
    )
    follow_ups = {
        "Why can the largest share of a row look reasonable all the same?": (
            "Every column is only rescaled by a constant, so what leads its row by far still leads; the ranking of "
            "close rivals changes."
        ),
        "Does the axis of the subtracted maximum matter as well?": (
            "Yes: only a constant per row cancels. The maximum of a column shifts the entries of a row against each "
            "other."
        ),
    }
    sources = ("github.com/perone/euclidesdb#2", "github.com/ethanfetaya/NRI#25")

    also_right = (
        Fix(
            "The classes are the last axis, so -1 names them as well.",
            "np.sum($e, axis=0, keepdims=True)",
            "np.sum($e, axis=-1, keepdims=True)",
        ),
        Fix(
            "A sum along the rows, turned back into a column, does without keepdims.",
            "np.sum($e, axis=0, keepdims=True)",
            "np.sum($e, axis=-1)[..., None]",
        ),
    )
    treats_symptom = (
        Fix(
            "The rows add up to 1 again, but the columns have been rescaled by then.",
            "return $e / np.sum($e, axis=0, keepdims=True)",
            "p = $e / np.sum($e, axis=0, keepdims=True)\nreturn p / np.sum(p, axis=1, keepdims=True)",
        ),
        Fix(
            "A total over everything is one number for all rows, where each row needs its own.",
            "np.sum($e, axis=0, keepdims=True)",
            "np.sum($e)",
        ),
    )
    rewrites = (
        *(
            Rewrite(
                f"$e = np.exp($z)\n...\n{use.format(kept.format('$e', axis))}",
                f"$e = np.exp($z)\n...\n{use.format(flipped.format('$e'))}",
            )
            for use in USES
            for kept, flipped in zip(KEPT, FLIPPED, strict=True)
            for axis in LAST
        ),
        *(
            Rewrite(f"np.exp($z) / {kept.format('np.exp($z)', axis)}", f"np.exp($z) / {flipped.format('np.exp($z)')}")
            for kept, flipped in zip(KEPT, FLIPPED, strict=True)
            for axis in LAST
        ),
        *(
            Rewrite(
                f"np.log(np.sum(np.exp($z), axis={axis}, keepdims=True))",
                "np.log(np.sum(np.exp($z), axis=0, keepdims=True))",
            )
            for axis in LAST
        ),
        *(
            Rewrite(f"{softmax}($z, {keyword}={axis})", f"{softmax}($z, {keyword}=0)")
            for softmax in ("softmax", "$library.softmax")
            for keyword in ("axis", "dim")
            for axis in LAST
        ),
    )
    examples = (
        Example(
            "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=1, keepdims=True))\n"
            "    return E / E.sum(axis=1, keepdims=True)\n",
            "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=1, keepdims=True))\n"
            "    return E / E.sum(axis=0, keepdims=True)\n",
        ),
        Example(
            "exps = np.exp(scores)\nprobs = exps / np.sum(exps, axis=1)[:, None]\n",
            "exps = np.exp(scores)\nprobs = exps / np.sum(exps, axis=0)[None, :]\n",
        ),
        Example(
            "p = np.exp(z)\np /= p.sum(axis=-1, keepdims=True)\n",
            "p = np.exp(z)\np /= p.sum(axis=0, keepdims=True)\n",
        ),
        Example(
            "p = np.exp(z) / np.exp(z).sum(-1, keepdims=True)",
            "p = np.exp(z) / np.exp(z).sum(0, keepdims=True)",
        ),
        Example(
            "log_p = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))",
            "log_p = z - np.log(np.sum(np.exp(z), axis=0, keepdims=True))",
        ),
        Example("weights = softmax(scores, axis=-1)", "weights = softmax(scores, axis=0)"),
        Example("p = F.softmax(logits, dim=1)", "p = F.softmax(logits, dim=0)"),
    )
    untouched = (
        "share = counts / counts.sum(axis=1, keepdims=True)",
        "top = z.max(axis=1, keepdims=True)",
        "energy = np.exp(z).sum(axis=1)",
        "e = np.exp(z - z.max())\np = e / e.sum()\n",
        "kernel = np.exp(-d)\ndegree = kernel.sum(axis=1)\n",
    )
