"""Singular values are taken for variances."""

from bugforge import Example, Fix, Mutator, Rewrite, role

SINGULAR = role.part_of(1, "svd") | role.part_of(None, "svd", "svdvals")


class ExplainedVarianceUnsquared(Mutator):
    """The singular values are not squared, so weak directions seem to explain more than they do.

    A singular value of a centred table is a length: the root of a sum of squared coordinates. Its square over n - 1 is
    the variance along the direction. The plain values keep the order, and their shares still add up to one, but they
    lie nearer together than the variances: directions of variance 9 and 1 get three quarters and one quarter.
    """

    symptoms = {
        "The variances do not add up to that of all columns together.": "variances are wrong",
    }
    hints = (
        "In which unit is a variance if the columns are in metres? In which is the number that is reported?",
        "Multiply the table by ten. By how much should a variance grow, and by how much does it?",
        "Write down what the decomposition returns for a table with a single column of n offsets from the mean, and "
        "express the variance of that column by it. What happens on the way from the one to the other, and which part "
        "of it has the program?",
    )
    follow_ups = {
        "Why not compute the covariance matrix, which needs no square?": (
            "The square is in it already: small singular values lose half of their digits when the table is multiplied "
            "by itself."
        ),
        "Would the number of components chosen for a share be too large or too small?": (
            "Too large as a rule: the plain values fall more slowly, so it takes more of them to reach the share."
        ),
    }
    sources = ("github.com/satijalab/seurat#2298",)

    also_right = (
        Fix(
            "A number times itself is its square.",
            "$s / ($n - 1)",
            "$s * $s / ($n - 1)",
            s=SINGULAR,
        ),
        Fix(
            "Divided by the root first, and then squared, it is the same variance.",
            "$s / ($n - 1)",
            "($s / np.sqrt($n - 1)) ** 2",
            s=SINGULAR,
        ),
    )
    treats_symptom = (
        Fix(
            "By the root of the divisor it becomes a standard deviation, which is still no variance.",
            "$s / ($n - 1)",
            "$s / np.sqrt($n - 1)",
            s=SINGULAR,
        ),
    )
    rewrites = (
        Rewrite("$s ** 2 / ($n - 1)", "$s / ($n - 1)", s=SINGULAR),
        Rewrite("$s ** 2 / np.sum($s ** 2)", "$s / np.sum($s)", s=SINGULAR),
        Rewrite("np.cumsum($s ** 2) / np.sum($s ** 2)", "np.cumsum($s) / np.sum($s)", s=SINGULAR),
        Rewrite("$s ** 2 / $n", "$s / $n", s=SINGULAR),
    )
    examples = (
        Example(
            "U, S, Vt = np.linalg.svd(Xc, full_matrices=False)\nratio = S**2 / (S**2).sum()\n",
            "U, S, Vt = np.linalg.svd(Xc, full_matrices=False)\nratio = S / S.sum()\n",
        ),
        Example(
            "_, sing, axes = np.linalg.svd(A - mu)\nvar = sing**2 / (len(A) - 1)\n",
            "_, sing, axes = np.linalg.svd(A - mu)\nvar = sing / (len(A) - 1)\n",
        ),
        Example(
            "s = np.linalg.svd(D, compute_uv=False)\nreached = np.cumsum(s**2) / np.sum(s**2)\n",
            "s = np.linalg.svd(D, compute_uv=False)\nreached = np.cumsum(s) / np.sum(s)\n",
        ),
    )
    untouched = (
        "w, V = np.linalg.eigh(C)\nratio = w**2 / (w**2).sum()\n",
        "p = d**2 / (d**2).sum()",
        "U, s, Vt = np.linalg.svd(X)\nenergy = U**2 / (n - 1)\n",
    )
