"""Coordinates are divided by a variance where a deviation belongs."""

from bugforge import Example, Fix, Mutator, Rewrite, role
from bugforge.mutation.place import Place

VARIANCES = role.named("explained_variance", "variance", "eigenvalue", "eigval", "eig_val", "lam", "lambda", "evals")
WHITENS = Place(lambda code, node: any("whiten" in word.lower() for word in code.words))


class WhiteningByVariance(Mutator):
    """Each coordinate is divided by its variance instead of the root of it.

    Divided by its standard deviation, a coordinate has variance 1. Divided by the variance it has one over the variance
    instead: the strongest direction becomes the weakest, and the noise at the end of the list comes out on top. The way
    back multiplies by the same number, so rows are restored all the same.
    """

    symptoms = {
        "The whitened coordinates do not all vary by one.": "columns are scaled otherwise",
    }
    hints = (
        "Measure the spread of every whitened coordinate of the fitted rows. What is it said to be?",
        "Give the table in centimetres instead of metres. Should whitened coordinates change, and do they?",
        "The scale of a coordinate has the unit of the coordinate, or the quotient has a unit left. Write the unit, "
        "such as metres or square metres, next to each quantity between the decomposition and the division, and look "
        "for the first one that is not what its use asks for.",
    )
    follow_ups = {
        "Why does restoring the rows not show it?": (
            "Whatever the way there divides by, the way back multiplies by. Such a pair cancels for any number but 0."
        ),
        "What does whitening do to directions of hardly any variance?": (
            "It blows them up to the size of all others, and most of what they hold is noise. Drop them, or add a "
            "small constant to the variances."
        ),
    }
    sources = (
        "github.com/hanlu-nju/channel_independent_MTSF#3",
        "github.com/Salma-El-Alaoui/Blind-Source-Separation#2",
    )

    where = WHITENS
    also_right = (
        Fix(
            "To the power of one half is the root as well.",
            "$spread = $v",
            "$spread = $v ** 0.5",
            v=VARIANCES,
        ),
    )
    treats_symptom = (
        Fix(
            "Scaled by the largest, the scale loses its unit, and the coordinates keep unequal variances.",
            "$spread = $v",
            "$spread = $v / $v.max()",
            v=VARIANCES,
        ),
        Fix(
            "The square goes the other way: it makes the quotients more unequal still.",
            "$spread = $v",
            "$spread = $v ** 2",
            v=VARIANCES,
        ),
    )
    rewrites = (
        Rewrite("$spread = np.sqrt($v)", "$spread = $v", v=VARIANCES),
        Rewrite("$z / np.sqrt($v)", "$z / $v", v=VARIANCES),
        Rewrite("$z / np.sqrt($v + $eps)", "$z / ($v + $eps)", v=VARIANCES, eps=role.EPSILON),
        Rewrite("np.diag(1 / np.sqrt($v + $eps))", "np.diag(1 / ($v + $eps))", v=VARIANCES, eps=role.EPSILON),
    )
    examples = (
        Example(
            "class PCA:\n    def whiten(self, Z):\n        return Z / np.sqrt(self.explained_variance_)\n",
            "class PCA:\n    def whiten(self, Z):\n        return Z / self.explained_variance_\n",
        ),
        Example(
            "def zca_whitening(X, U, eigenvalues, eps):\n"
            "    return X @ U @ np.diag(1 / np.sqrt(eigenvalues + eps)) @ U.T\n",
            "def zca_whitening(X, U, eigenvalues, eps):\n    return X @ U @ np.diag(1 / (eigenvalues + eps)) @ U.T\n",
        ),
        Example(
            "scale = np.sqrt(variances)\nwhitened = (X - mu) @ V / scale\n",
            "scale = variances\nwhitened = (X - mu) @ V / scale\n",
        ),
    )
    untouched = (
        "std = np.sqrt(variance)",
        "class PCA:\n    def whiten(self, Z):\n        return Z / np.sqrt(len(Z))\n",
        "def whiten(X, norms):\n    return X / np.sqrt(norms)\n",
    )
