"""The seeds of k-means++ are drawn with probability proportional to the distance."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

DISTANCE = role.named("d", "dist", "distance", "min_dist", "min_distance", "closest", "nearest", "gap")
SQUARED = role.named("d2", "dist2", "d_sq", "dist_sq", "distance_sq", "sq_dist", "sq_distance", "squared", "min_sq")


class KmeansPlusPlusNotSquared(Mutator):
    """The next seed is drawn by distance instead of by squared distance, so near rows are chosen too often.

    k-means++ gives each row a weight of its squared distance to the nearest seed, which is its share of the present
    inertia. The proof that the expected inertia stays within O(log k) of the optimum needs the square. With the plain
    distance a large near group outweighs a small far one, and far groups more often get no seed of their own. The
    rounds that follow repair many bad starts, so the final result rarely tells.
    """

    symptoms = {
        "I counted which points become starting centers: far ones are chosen too seldom.": (
            "first centers are drawn otherwise"
        ),
    }
    hints = (
        "Draw the second seed many times for one far row and many near ones. How often is the far row drawn?",
        "Write down the probabilities for distances of 1 and 3.",
        "To what is the probability of a row proportional in k-means++, and to what is it here?",
    )
    follow_ups = {
        "Why not simply take the farthest row?": (
            "That is farthest-first traversal: an outlier is the farthest row and would always be a seed."
        ),
        "What does scikit-learn add to k-means++?": (
            "It draws several candidates for each seed, 2 + log k of them, and keeps the one that lowers the inertia "
            "most."
        ),
    }
    sources = (
        "github.com/learnml/machine-learning-specialization#30",
        "github.com/flann-lib/flann#152",
    )

    also_right = (
        Fix(
            "A distance times itself is its square.",
            "weights = $d",
            "weights = $d * $d",
        ),
    )
    treats_symptom = (
        Fix(
            "Scaled by the largest one the distances keep their shares of the sum, and are still not squared.",
            "weights = $d",
            "weights = $d / $d.max()",
        ),
        Fix(
            "Always taking the farthest row is no draw, and makes a seed of every outlier.",
            "$p = $share\n$centers.append($X[rng.choice($n, p=$p)])",
            "$centers.append($X[weights.argmax()])",
        ),
    )
    rewrites = (
        Rewrite("$d ** 2 / np.sum($d ** 2)", "$d / np.sum($d)", d=DISTANCE),
        Rewrite("$w = $d ** 2", "$w = $d", function=vocabulary.SEEDING, d=DISTANCE),
        Rewrite("np.linalg.norm($e, $*rest) ** 2", "np.linalg.norm($e, $*rest)", function=vocabulary.SEEDING),
        Rewrite("np.cumsum($d ** 2)", "np.cumsum($d)", function=vocabulary.SEEDING, d=DISTANCE),
        Rewrite("$d / np.sum($d)", "np.sqrt($d) / np.sum(np.sqrt($d))", d=SQUARED),
        Rewrite(
            "$d = $squares\n$total = np.sum($d)",
            "$d = np.sqrt($squares)\n$total = np.sum($d)",
            function=vocabulary.SEEDING,
            d=SQUARED,
        ),
    )
    examples = (
        Example("p = d**2 / (d**2).sum()", "p = d / d.sum()"),
        Example(
            "def seed_centers(X, k, rng):\n    weights = distance**2\n    return weights / weights.sum()\n",
            "def seed_centers(X, k, rng):\n    weights = distance\n    return weights / weights.sum()\n",
        ),
        Example(
            "def init_plus_plus(X):\n    d2 = np.min([np.linalg.norm(X - c, axis=1) ** 2 for c in centers], axis=0)\n",
            "def init_plus_plus(X):\n    d2 = np.min([np.linalg.norm(X - c, axis=1) for c in centers], axis=0)\n",
        ),
        Example("p = min_sq / min_sq.sum()", "p = np.sqrt(min_sq) / np.sqrt(min_sq).sum()"),
        Example(
            "def init_plus_plus(X):\n    sq_dist = squares(X, c).min(axis=1)\n    total = sq_dist.sum()\n",
            "def init_plus_plus(X):\n    sq_dist = np.sqrt(squares(X, c).min(axis=1))\n    total = sq_dist.sum()\n",
        ),
    )
    untouched = (
        "inertia = np.sum(d**2)",
        "p = counts / counts.sum()",
        "def assign(X, centers):\n    squares = distance**2\n    return squares.argmin(axis=1)\n",
        "error = np.linalg.norm(X - X_hat) ** 2",
    )
