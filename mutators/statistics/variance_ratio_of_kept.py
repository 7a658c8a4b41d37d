"""Shares of variance are taken of what was kept, not of the whole."""

from bugforge import Example, Fix, Mutator, Rewrite, role

VARIANCES = role.named("variance", "explained_variance", "eigenvalue", "eigval", "lam", "lambda", "evals", "var")
SHARING = role.that(lambda term: any(word in term.value for word in ("ratio", "share", "proportion", "fraction")))


class VarianceRatioOfKept(Mutator):
    """The variances are cut to the leading ones before their sum is taken, so the shares always add up to one.

    The share of a direction says how much of the variance of the table it holds. Of the sum over the kept directions
    instead of all of them, two directions always hold the whole, and the more are dropped the better they look. With
    all directions kept the two sums are the same.
    """

    symptoms = {
        "Keeping one direction, we are told that nothing is lost.": "variances are wrong",
    }
    hints = (
        "Keep one direction only. Which share do you expect for it, and which is reported?",
        "Fit the same table with two and with four directions, and compare what is said of the first one.",
        "A share has a part and a whole. For each share that is reported find the line in which its whole is added up, "
        "and ask which directions are still in the array there: all that the table has, or those that are left after "
        "something was chosen.",
    )
    follow_ups = {
        "Which decision does this bug corrupt?": (
            "The number of directions to keep, as far as it is read off the shares: they no longer say what is missing."
        ),
        "What if only the leading directions are computed, as in a truncated decomposition?": (
            "The total needs no decomposition: it is the sum of the variances of the columns."
        ),
    }
    sources = ("github.com/biocore/DEICODE#53", "github.com/mne-tools/mne-python#8322")

    also_right = (
        Fix(
            "The whole may be the sum of the variances of the columns, which no choice of directions changes.",
            "$v[:$k] / $total",
            "$v[:$k] / max(np.var(X, axis=0, ddof=1).sum(), np.finfo(float).tiny)",
            v=VARIANCES,
        ),
        Fix(
            "All shares first, and the leading ones of them afterwards.",
            "$ratio($v[:$k])",
            "$ratio($v)[:$k]",
            v=VARIANCES,
            ratio=SHARING,
        ),
    )
    treats_symptom = (
        Fix(
            "The mean of the kept variances is no sum over all of them either.",
            "$v[:$k] / $total",
            "$v[:$k] / max($v[:$k].mean() * len($v), np.finfo(float).tiny)",
            v=VARIANCES,
        ),
        Fix(
            "Counting in the next direction only makes the whole a little less wrong.",
            "$ratio($v[:$k])",
            "$ratio($v[: $k + 1])[:$k]",
            v=VARIANCES,
            ratio=SHARING,
        ),
    )
    rewrites = (
        Rewrite("$ratio($v)[:$k]", "$ratio($v[:$k])", v=VARIANCES, ratio=SHARING),
        Rewrite("$v[:$k] / np.sum($v)", "$v[:$k] / np.sum($v[:$k])", v=VARIANCES),
        Rewrite("$v[:$k] / max(np.sum($v), $tiny)", "$v[:$k] / max(np.sum($v[:$k]), $tiny)", v=VARIANCES),
        Rewrite("($v / np.sum($v))[:$k]", "$v[:$k] / np.sum($v[:$k])", v=VARIANCES),
    )
    examples = (
        Example(
            "ratio = eigenvalues[:k] / eigenvalues.sum()",
            "ratio = eigenvalues[:k] / eigenvalues[:k].sum()",
        ),
        Example(
            "self.explained_variance_ratio_ = (var / var.sum())[:k]",
            "self.explained_variance_ratio_ = var[:k] / np.sum(var[:k])",
        ),
        Example(
            "kept = variance_ratio(lam)[:2]",
            "kept = variance_ratio(lam[:2])",
        ),
    )
    untouched = (
        "p = counts[:k] / counts.sum()",
        "ratio = eigenvalues / eigenvalues.sum()",
        "first = sorted_rows(variances)[:2]",
    )
