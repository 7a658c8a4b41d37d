"""The directions of variance are sought around the origin instead of the mean."""

from bugforge import Example, Fix, Mutator, Rewrite, role
from bugforge.mutation.place import Place

MEAN = role.named("mean", "mu", "center", "centre", "average") | role.like("np.mean($x, axis=0)", "np.mean($x, 0)")
SPECTRAL = Place(lambda code, node: not code.words.isdisjoint({"eigh", "eig", "svd"}))


class PcaNotCentered(Mutator):
    """The mean is not taken away before the decomposition, so the first direction points to where the data lie.

    Around the mean, a sum of squared offsets is a variance. Around the origin it is a variance plus the square of the
    mean, and far from the origin that square outweighs everything else: the first direction leads from the origin to
    the cloud of rows, takes nearly all of the sum, and the directions in which rows differ come after it, bent so as to
    be orthogonal to it.
    """

    symptoms = {
        "The first direction explains nearly everything, on whatever table we try.": (
            "components are others & variances are wrong"
        ),
    }
    hints = (
        "Add 1000 to every entry of the table and run it again. What should change, and what does?",
        "Compute the first direction of a long thin cloud that lies far from the origin, and draw it over the rows.",
        "A decomposition knows nothing of a mean: it splits up sums of squares as they are given to it. Follow the "
        "table to the line where it is decomposed, or multiplied by itself, and ask from which point the offsets are "
        "measured that are squared there.",
    )
    follow_ups = {
        "When would nobody notice?": (
            "On a table that was standardised before, or wherever the means are small beside the spreads."
        ),
        "Why is it left out on purpose for large sparse tables?": (
            "Taking the mean away fills all the zeros. The uncentred decomposition is then used under another name, "
            "latent semantic analysis, and its first direction is understood to hold the mean."
        ),
    }
    sources = ("github.com/hail-is/hail#2734", "github.com/fengdu78/lihang-code#58")

    where = SPECTRAL
    also_right = (
        Fix(
            "The mean of the products less the product of the means, by n / (n - 1), is the covariance too.",
            "return $X.T @ $X / (len($X) - 1)",
            "return ($X.T @ $X - len($X) * np.outer($X.mean(axis=0), $X.mean(axis=0))) / (len($X) - 1)",
        ),
        Fix(
            "The mean may be taken away on the way into the decomposition.",
            "np.linalg.svd(X, full_matrices=False)",
            "np.linalg.svd(X - X.mean(axis=0), full_matrices=False)",
        ),
    )
    treats_symptom = (
        Fix(
            "One mean of all numbers moves the cloud nearer to the origin, and no column to its own middle.",
            "return $X.T @ $X / (len($X) - 1)",
            "return ($X - $X.mean()).T @ ($X - $X.mean()) / (len($X) - 1)",
        ),
        Fix(
            "Smaller offsets from the first row are still not offsets from the mean.",
            "np.linalg.svd(X, full_matrices=False)",
            "np.linalg.svd(X - X[0], full_matrices=False)",
        ),
    )
    rewrites = (
        Rewrite(
            "$o = $X - np.mean($X, axis=0)\nreturn $o.T @ $o / $n",
            "return $X.T @ $X / $n",
            n=role.COUNT | role.has(role.COUNT),
        ),
        Rewrite(
            "$o = $X - np.mean($X, axis=0)\n$C = $o.T @ $o / $n",
            "$C = $X.T @ $X / $n",
            n=role.COUNT | role.has(role.COUNT),
        ),
        Rewrite(
            "$X -= np.mean($X, axis=0)\n$u, $s, $v = np.linalg.svd($X, $*how)",
            "$u, $s, $v = np.linalg.svd($X, $*how)",
        ),
        Rewrite(
            "$o = $X - $mean\n$u, $s, $v = np.linalg.svd($o, $*how)",
            "$u, $s, $v = np.linalg.svd($X, $*how)",
            mean=MEAN,
        ),
        Rewrite("np.linalg.svd($X - $mean, $*how)", "np.linalg.svd($X, $*how)", mean=MEAN),
        Rewrite("($X - $mean).T @ ($X - $mean) / $n", "$X.T @ $X / $n", mean=MEAN),
    )
    examples = (
        Example(
            "def components(X):\n    Xc = X - X.mean(axis=0)\n"
            "    U, S, Vt = np.linalg.svd(Xc, full_matrices=False)\n    return Vt\n",
            "def components(X):\n    U, S, Vt = np.linalg.svd(X, full_matrices=False)\n    return Vt\n",
        ),
        Example(
            "class P:\n    def fit(self, X):\n        self.mu = X.mean(axis=0)\n"
            "        self.axes = np.linalg.svd(X - self.mu)[2]\n",
            "class P:\n    def fit(self, X):\n        self.mu = X.mean(axis=0)\n"
            "        self.axes = np.linalg.svd(X)[2]\n",
        ),
        Example(
            "def scatter(A):\n    D = A - np.mean(A, axis=0)\n    C = D.T @ D / (len(A) - 1)\n"
            "    return np.linalg.eigh(C)\n",
            "def scatter(A):\n    C = A.T @ A / (len(A) - 1)\n    return np.linalg.eigh(C)\n",
        ),
    )
    untouched = (
        "C = np.cov(X - X.mean(axis=0), rowvar=False)\nw, V = np.linalg.eigh(C)\n",
        "u, s, vt = np.linalg.svd(W, full_matrices=False)",
        "def gram(X):\n    D = X - X.mean(axis=0)\n    return D.T @ D / len(D)\n",
    )
