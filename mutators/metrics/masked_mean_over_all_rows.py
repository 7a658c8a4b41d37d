"""A sum over chosen entries is divided by the number of all entries."""

from bugforge import Example, Fix, Mutator, Rewrite, role

MASK = role.named(
    "mask", "keep", "kept", "valid", "answerable", "known", "observed", "usable", "is_valid", "present", "counted"
)


class MaskedMeanOverAllRows(Mutator):
    """Entries that are left out of the sum are counted in its denominator, as if they had the value 0.

    A mean over a part needs the sum over that part and the size of that part. With the size of the whole, everything
    that the mask excludes pulls the mean towards 0, and does so the more, the more is excluded: the number then tells
    about the padding or the gaps rather than about the values.
    """

    symptoms = {
        "Entries that are to be left out lower the mean.": "the report does not belong together",
    }
    hints = (
        "Add entries that are to be ignored and see whether the result stays where it is.",
        "Take values that are all 1 where they count. Which mean must come out, whatever share of the entries is "
        "masked, and which one does?",
        "A mean has two halves, what is added up and how many were added up, and the two need not stand in one line. "
        "For a small example in which half of the entries are excluded, note both numbers. Do they speak of the same "
        "entries?",
    )
    follow_ups = {
        "Why is it hard to see in training?": (
            "A loss that is too small by a factor still falls. The factor differs from batch to batch, though, so "
            "batches with much padding teach less."
        ),
        "What should the mean be when the mask excludes everything?": (
            "There is none: NaN or an error, unless the caller has agreed on a value. Dividing by a size of at least 1 "
            "silently makes it 0."
        ),
    }
    sources = ("github.com/d2l-ai/d2l-en#2076",)

    also_right = (
        Fix(
            "Counting the entries that are not zero in a mask counts what it selects.",
            "self.n_queries += len(answerable)",
            "self.n_queries += np.count_nonzero(answerable)",
        ),
    )
    treats_symptom = (
        Fix(
            "A row that counts and has the value 0 is left out with those that do not count.",
            "self.n_queries += len(answerable)",
            "self.n_queries += np.count_nonzero(values)",
        ),
    )
    rewrites = (
        Rewrite(
            "for $name, $metric in $metrics:\n    ...\n    $total += np.sum($values[$keep])\n$n += np.sum($keep)",
            "for $name, $metric in $metrics:\n    ...\n    $total += np.sum($values[$keep])\n$n += len($keep)",
        ),
        Rewrite("np.sum($v[$keep]) / np.sum($keep)", "np.sum($v[$keep]) / len($keep)", keep=MASK),
        Rewrite("np.sum($v * $mask) / np.sum($mask)", "np.mean($v * $mask)", mask=MASK),
        Rewrite("np.sum($v * $mask, axis=1) / np.sum($mask, axis=1)", "np.mean($v * $mask, axis=1)", mask=MASK),
        Rewrite(
            "$total += np.sum($v[$keep])\n$n += np.sum($keep)",
            "$total += np.sum($v[$keep])\n$n += len($keep)",
            keep=MASK,
        ),
    )
    examples = (
        Example("loss = (losses * mask).sum() / mask.sum()", "loss = np.mean(losses * mask)"),
        Example("score = np.sum(hits[valid]) / valid.sum()", "score = np.sum(hits[valid]) / len(valid)"),
        Example(
            "for y, keep in batches:\n    total += y[keep].sum()\n    n += keep.sum()\n",
            "for y, keep in batches:\n    total += y[keep].sum()\n    n += len(keep)\n",
        ),
        Example("means = np.sum(x * valid, axis=1) / valid.sum(axis=1)", "means = np.mean(x * valid, axis=1)"),
    )
    untouched = (
        "mean = np.sum(w * x) / np.sum(w)",
        "share = kept.sum() / len(kept)",
        "total += x[rows].sum()\nn += len(rows)\n",
    )
