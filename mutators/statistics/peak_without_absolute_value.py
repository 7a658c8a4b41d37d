"""The largest entry is sought where the entry of largest absolute value is meant."""

from bugforge import Example, Fix, Mutator, Rewrite, role

SIGNED = role.named(
    "axis", "axes", "component", "vector", "loading", "coef", "coefficient", "direction", "turned", "v", "correlation",
    "eigenvector", "contribution", "shap", "vt", "w",
)  # fmt: skip


class PeakWithoutAbsoluteValue(Mutator):
    """Signed numbers are compared as they are, so the strongest negative one never wins.

    Loadings, coefficients and correlations count by their size: -0.9 says more than 0.3. The maximum of the signed
    numbers finds the strongest positive one instead. It is the same as long as the strongest entry happens to be
    positive, and something else, if only a little, in about half of all cases.
    """

    symptoms = {
        "Directions that should be turned round stay as they are.": "components are others",
    }
    hints = (
        "Try it on a short vector of mixed signs, and work out the answer by hand.",
        "Take the entries -0.9, 0.3 and 0.1. Which of them counts most, and which does the program find?",
        "Where entries of either sign are compared with each other, ask what makes one of them larger: where it lies "
        "on the line of numbers, or how far it is from zero. Then look which of these two the comparison here goes "
        "by.",
    )
    follow_ups = {
        "Why do decompositions need a rule for signs at all?": (
            "A direction and its opposite solve the same equations. Which one comes back depends on the library, its "
            "version and rounding, and results that are compared across runs must not."
        ),
        "What if two entries of opposite sign are equally large?": (
            "Rounding decides between them then, and the sign is unstable again: no rule that looks at one entry cures "
            "this."
        ),
    }
    sources = ("github.com/Reiyan/pflacco#22", "github.com/piskvorky/gensim#811")

    also_right = (
        Fix(
            "Squares are in the order of the absolute values.",
            "np.argmax($v, $*how)",
            "np.argmax($v ** 2, $*how)",
            v=SIGNED,
        ),
    )
    treats_symptom = (
        Fix(
            "The smallest entry is the strongest one only if that is negative.",
            "np.argmax($v, $*how)",
            "np.argmin($v, $*how)",
            v=SIGNED,
        ),
        Fix(
            "The absolute value of the largest entry says nothing of the entries below zero.",
            "np.argmax($v, $*how)",
            "np.abs(np.argmax($v, $*how))",
            v=SIGNED,
        ),
    )
    rewrites = (
        Rewrite("np.argmax(np.abs($v), $*how)", "np.argmax($v, $*how)", v=SIGNED),
        Rewrite("np.argsort(-np.abs($v), $*how)", "np.argsort(-$v, $*how)", v=SIGNED),
        Rewrite("np.argsort(np.abs($v), $*how)", "np.argsort($v, $*how)", v=SIGNED),
    )
    examples = (
        Example(
            "signs = np.sign(components[np.arange(k), np.abs(components).argmax(axis=1)])",
            "signs = np.sign(components[np.arange(k), components.argmax(axis=1)])",
        ),
        Example(
            "top = np.argsort(-np.abs(coef))[:5]",
            "top = np.argsort(-coef)[:5]",
        ),
        Example(
            "strongest = int(np.argmax(np.abs(correlations)))",
            "strongest = int(np.argmax(correlations))",
        ),
    )
    untouched = (
        "worst = np.argmax(np.abs(residuals))",
        "pivot = k + np.argmax(np.abs(A[k:, k]))",
        "best = np.argmax(scores)",
    )
