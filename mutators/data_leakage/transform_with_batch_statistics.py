"""New rows are centred and scaled by their own statistics."""

from typing import Any

from bugforge import Example, Fix, Mutator, Rewrite, fact, place, role, vocabulary

STORED = role.that(
    lambda term: (
        (term.kind == "attribute" and term.value != "T")
        or (term.kind == "subscript" and term.children[1].kind == "string")
    )
)
ROWS = role.NAME & role.named("x", "data", "batch", "features", "df", "frame", "rows", "samples", "values", "z")
MEAN = STORED & role.named("mean", "mu", "avg", "center", "centre", "loc", "x_mean") & ~role.named("running")
SPREAD = STORED & role.named("std", "scale", "sigma", "sd", "spread") & ~role.named("running")
LOW = STORED & role.named("min", "low", "minimum", "data_min")
HIGH = STORED & role.named("max", "high", "maximum", "data_max")

FITTED: dict[str, Any] = {
    "center": fact.kept_around("X", vocabulary.FITTED_CENTER),
    "scale": fact.kept_around("X", vocabulary.FITTED_SPREAD),
}


class TransformWithBatchStatistics(Mutator):
    """Rows are shifted, or shifted and scaled, by statistics of their own, and those that were fitted are not read.

    A transform has to be the same function for every row. With the statistics of the batch a row's features depend on
    its company: a shift of the whole batch, perhaps the very thing to be noticed, is subtracted away, and a single row
    becomes all zeros, or NaN. Where the fitted statistics are of the same kind, nothing changes on the training rows.
    """

    symptoms = {
        "The same customer, scored alone and scored in a file, gets two different results.": (
            "columns are scaled otherwise & changes with held-out rows"
        ),
        "A row that is transformed by itself does not come out as it does in a file.": (
            "a single row is treated otherwise"
        ),
    }
    hints = (
        "Transform one row alone and once more together with others. What comes out?",
        "Which fitted attributes does the transform read, and which does it never read?",
        "Where do the numbers that are subtracted from a new row come from?",
    )
    follow_ups = {
        "Why may a test on the training rows pass?": (
            "Their own mean and spread may be the very numbers that were fitted, and then both versions agree there. "
            "Use other rows, and a part of the rows next to all of them."
        ),
        "Batch normalisation does just this. Why is it right there?": (
            "In training only, where it is part of the method; for prediction it too switches to averages kept from "
            "training, so that a row's output does not depend on its batch."
        ),
    }
    sources = ("github.com/yoshida-lab/XenonPy#243",)

    where = ~place.function(vocabulary.INVERTING)
    also_right = (
        Fix(
            "Multiplying by the inverse of the stored scale is dividing by it; both statistics are the fitted ones.",
            "($X - $X.mean(axis=0)) / $X.std(axis=0)",
            "($X - $center) * (1 / $scale)",
            **FITTED,
        ),
        Fix(
            "The methods sub and div line up the stored statistics with the columns by name, as the operators do.",
            "($X - $X.mean(axis=0)) / $scale",
            "$X.sub(self.mean).div(self.scale)",
            X=role.OF_TABLE,
        ),
    )
    treats_symptom = (
        Fix(
            "A special case for one row repairs that row alone; any larger batch is still centred on itself.",
            "return ($X - $X.mean(axis=0)) / self.scale",
            "return ($X - ($X.mean(axis=0) if len($X) > 1 else $center)) / self.scale",
            center=FITTED["center"],
        ),
        Fix(
            "A row alone is then 0 instead of NaN, and the fitted mean and scale are still ignored.",
            "return ($X - $X.mean(axis=0)) / $X.std(axis=0)",
            "return (($X - $X.mean(axis=0)) / $X.std(axis=0)).fillna(0)",
            X=role.OF_TABLE,
        ),
        Fix(
            "With ddof=0 the training rows come out as in fit, but new rows are still scaled by their own spread.",
            "return ($X - $X.mean(axis=0)) / $X.std(axis=0)",
            "return ($X - $X.mean(axis=0)) / $X.std(axis=0, ddof=0).replace(0, 1)",
            X=role.OF_TABLE,
        ),
        Fix(
            "Zeros in place of NaN make a row alone finite; what it is shifted and divided by is still its own.",
            "return ($X - $X.mean(axis=0)) / $X.std(axis=0)",
            "return np.nan_to_num(($X - $X.mean(axis=0)) / $X.std(axis=0))",
            X=~role.OF_TABLE,
        ),
    )
    rewrites = (
        Rewrite(
            "$X - $mean",
            "$X - $X.mean(axis=0)",
            function=vocabulary.APPLYING,
            unless_within=("lambda $row: $result",),
            X=ROWS,
            mean=MEAN,
        ),
        Rewrite(
            "($X - $mean) / $spread",
            "($X - $X.mean(axis=0)) / $X.std(axis=0)",
            function=vocabulary.APPLYING,
            X=ROWS,
            mean=MEAN,
            spread=SPREAD,
        ),
        Rewrite(
            "($X - $low) / ($high - $low)",
            "($X - $X.min(axis=0)) / ($X.max(axis=0) - $X.min(axis=0))",
            function=vocabulary.APPLYING,
            X=ROWS,
            low=LOW,
            high=HIGH,
        ),
    )
    examples = (
        Example(
            "class PCA:\n    def transform(self, X):\n        return (X - self.mean_) @ self.V.T\n",
            "class PCA:\n    def transform(self, X):\n        return (X - X.mean(axis=0)) @ self.V.T\n",
        ),
        Example(
            "def apply_scaler(X, fitted):\n    return (X - fitted['mean']) / fitted['std']\n",
            "def apply_scaler(X, fitted):\n    return (X - X.mean(axis=0)) / X.std(axis=0)\n",
        ),
        Example(
            "class Scaler:\n    def transform(self, X):\n        return (X - self.min_) / (self.max_ - self.min_)\n",
            "class Scaler:\n    def transform(self, X):\n"
            "        return (X - X.min(axis=0)) / (X.max(axis=0) - X.min(axis=0))\n",
        ),
    )
    untouched = (
        "class S:\n    def inverse_transform(self, Z):\n        return (Z - self.low) / (self.high - self.low)\n",
        "class S:\n    def fit_transform(self, X):\n        self.mean = X.mean(axis=0)\n        return X - self.mean\n",
        "class Norm:\n    def predict(self, x):\n        return (x - self.running_mean) / self.running_std\n",
        "def transform(X):\n    mean = X.mean(axis=0)\n    return X - mean\n",
        "class C:\n    def transform(self, X):\n        return np.apply_along_axis(lambda x: x - self.means, 1, X)\n",
        "class Model:\n    def predict(self, y):\n        return y - self.offset\n",
    )
