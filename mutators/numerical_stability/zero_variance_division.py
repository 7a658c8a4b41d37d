"""A spread or norm of zero is divided by."""

from bugforge import Example, Fix, Mutator, Rewrite, role

SPREAD = role.named(
    "scale", "std", "stdev", "stddev", "sd", "sigma", "s", "norm", "spread", "deviation", "range", "span", "length"
)
VARIANCE = role.named("var", "variance", "sigma2") | role.that(lambda term: (term.kind, term.value) == ("call", "var"))
MEASURED = SPREAD | role.call("std", "norm", "ptp", "nanstd")
LENGTH = "np.sqrt(np.sum($x ** 2, $*how))"
NONZERO = ("np.where($s == 0, 1, $s)", "np.where($s > 0, $s, 1)", "np.where($s != 0, $s, 1)", "$s.replace(0, 1)")


class ZeroVarianceDivision(Mutator):
    """Nothing stands between a spread of zero and the division, so constant columns and zero vectors give NaN.

    A column with one value in all training rows has the standard deviation 0, and a vector of zeros has the norm 0.
    What is divided is 0 as well, and 0 / 0 is NaN, with a warning at most. Any product of matrices then carries the NaN
    into every output of its row. Such columns are no rarity: they come from small folds, rare categories, switched-off
    sensors. The usual guard divides by 1 there, which leaves a centred column at 0.
    """

    symptoms = {
        "A column that has the same value in every row comes out as infinite or missing.": (
            "fails at a constant column"
        ),
    }
    hints = (
        "Which columns of the data contain a single value?",
        "Send a constant column through the transformation, alone.",
        "Find every division. Can the divisor be 0, and what happens then?",
    )
    follow_ups = {
        "Divide by 1 or add an epsilon: what is the difference?": (
            "An epsilon changes every column a little and turns rounding noise in a near-constant one into values of "
            "order 1 or larger. Replacing exact zeros changes only the columns that need it."
        ),
        "The training column is constant, but a new row has another value there. What happens after division by 1?": (
            "It becomes the plain difference from the constant, in the unit of the column, which may be large. "
            "Dropping the column is often the better answer."
        ),
        "Is testing for exactly 0 safe?": (
            "Not always: the mean of equal numbers can be off by rounding, and the deviation is then tiny, not 0. "
            "Libraries compare with a threshold relative to the mean."
        ),
    }
    sources = (
        "github.com/ai2cm/fv3net#639",
        "github.com/deeplearning4j/deeplearning4j#1646",
        "github.com/PolyMathOrg/PolyMath#128",
    )

    also_right = (
        Fix(
            "Keeping the spread where it is positive and putting 1 elsewhere is the same guard.",
            "$s = $X.std($*how)",
            "$s = $X.std($*how).where(lambda spread: spread > 0, 1)",
        ),
        Fix(
            "A column with one distinct value can be told by counting values; it is only shifted then.",
            "$s = $X.std($*how)",
            "$s = $X.std($*how).mask($X.nunique() == 1, 1)",
        ),
    )
    treats_symptom = (
        Fix(
            "It hides 0 / 0 on the training rows; any other value of that column on a new row still becomes infinite.",
            "return ($X - $mean) / self.scale",
            "return (($X - $mean) / self.scale).fillna(0)",
        ),
        Fix(
            "Dividing by a tiny number is finite, and blows up any new value of that column a hundred million times.",
            "$s = $X.std($*how)",
            "$s = $X.std($*how) + 1e-8",
        ),
    )
    rewrites = (
        Rewrite("$s[$s == 0] = $one", "", s=SPREAD, one=role.number()),
        Rewrite("$s[$s < $tiny] = $one", "", s=SPREAD, tiny=role.EPSILON, one=role.number()),
        Rewrite("if $s == 0:\n    $s = $one", "", s=SPREAD, one=role.number()),
        *(Rewrite(guarded, "$s", s=MEASURED) for guarded in NONZERO),
        Rewrite("$a / ($s + $eps)", "$a / $s", s=MEASURED, eps=role.EPSILON),
        Rewrite("$a / np.maximum($s, $eps)", "$a / $s", s=MEASURED, eps=role.EPSILON),
        Rewrite("$a / max($s, $eps)", "$a / $s", s=MEASURED, eps=role.EPSILON),
        Rewrite("$a / np.sqrt($v + $eps)", "$a / np.sqrt($v)", v=VARIANCE, eps=role.EPSILON),
        Rewrite("$s = $spread + $eps", "$s = $spread", s=SPREAD, spread=MEASURED, eps=role.EPSILON),
        Rewrite(f"$a / ({LENGTH} + $eps)", f"$a / {LENGTH}", eps=role.EPSILON),
        Rewrite("$a / $s if $s > 0 else $b", "$a / $s", s=SPREAD),
        Rewrite("$a / $s if $s != 0 else $b", "$a / $s", s=SPREAD),
        Rewrite("if $s == 0:\n    return $b\nreturn $a / $s", "return $a / $s", s=SPREAD),
    )
    examples = (
        Example(
            "sd = X.std(axis=0)\nsd[sd == 0] = 1.0\nZ = (X - X.mean(axis=0)) / sd\n",
            "sd = X.std(axis=0)\nZ = (X - X.mean(axis=0)) / sd\n",
        ),
        Example("self.scale_ = np.where(std == 0, 1.0, std)", "self.scale_ = std"),
        Example("Z = (X - mu) / (sigma + 1e-8)", "Z = (X - mu) / sigma"),
        Example("scale = df.std().replace(0, 1)", "scale = df.std()"),
        Example(
            "unit = v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), eps)",
            "unit = v / np.linalg.norm(v, axis=1, keepdims=True)",
        ),
        Example("x_hat = (x - mean) / np.sqrt(var + self.eps)", "x_hat = (x - mean) / np.sqrt(var)"),
        Example(
            "def unit(v):\n    norm = np.linalg.norm(v)\n    if norm == 0:\n        return v\n    return v / norm\n",
            "def unit(v):\n    norm = np.linalg.norm(v)\n    return v / norm\n",
        ),
    )
    untouched = (
        "counts[counts == 0] = 1",
        "precision = tp / predicted if predicted > 0 else 0.0",
        "step = lr * m_hat / (np.sqrt(v_hat) + eps)",
        "x[x == 0] = np.nan",
        "p = weights / (total + 1e-9)",
    )
