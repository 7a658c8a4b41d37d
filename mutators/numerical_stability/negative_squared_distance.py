"""Squared distances may come out negative."""

from bugforge import Example, Fix, Mutator, Rewrite, Term, role


def _is_expanded_square(term: Term) -> bool:
    """|a|^2 + |b|^2 - 2 a.b: a sum or difference with a doubled product of matrices in it."""
    if (term.kind, term.value) not in (("chain", "+"), ("binary", "-")):
        return False
    doubled = any(p.kind == "chain" and p.value == "*" and any(TWO.holds(c) for c in p.children) for p in term)
    return doubled and any((p.kind, p.value) == ("binary", "@") for p in term)


TWO = role.number(2, -2)
EXPANDED = role.that(_is_expanded_square)
SQUARED = EXPANDED | role.named("d", "dist", "distance", "sq", "sqr", "square", "squared", "d2", "sqdist", "sqdists")
NOT_BELOW_0 = ("np.maximum($d, 0)", "np.maximum(0, $d)", "np.clip($d, 0, None)", "np.clip($d, a_min=0, a_max=None)")


class NegativeSquaredDistance(Mutator):
    """Squared distances from the expanded square are used as they come, tiny negative values included.

    |a|^2 + |b|^2 - 2 a.b is the fast way to all pairwise distances, but it subtracts numbers of the size of the squared
    norms to find one that may be far smaller. For equal or close points all that is left is rounding error, of either
    sign. The square root of -1e-9 is NaN; without a root, a weight or probability made of it is negative. Comparisons
    with NaN are all false, so a nearest neighbour is then chosen by accident. A bound at 0 removes the impossible half
    of the error.
    """

    symptoms = {
        "Two rows that nearly coincide have a squared distance below zero.": "distances of near copies are wrong",
    }
    hints = (
        "Look at the pairs that should be at distance 0.",
        "Multiply all coordinates by 1000, or move the cloud far from the origin. Does it get better or worse?",
        "Which values can a sum of squares take, and which can a difference of large rounded numbers take?",
    )
    follow_ups = {
        "Does the bound make the small distances accurate?": (
            "No, it only removes what is impossible. The cancellation remains: subtract the mean from all points "
            "first, which shortens the norms, or compute the differences themselves for close pairs."
        ),
        "What do argmin and argsort make of a NaN distance?": (
            "argmin returns the position of the first NaN, argsort puts NaN last. The same point is the nearest for "
            "one and the farthest for the other."
        ),
    }
    sources = (
        "github.com/rsokl/Learning_Python#164",
        "github.com/NVIDIA/raft#1319",
        "github.com/JuliaStats/Distances.jl#13",
    )

    also_right = (
        Fix(
            "Negative entries can be replaced by 0 with np.where as well.",
            "return squares",
            "return np.where(squares > 0, squares, 0)",
        ),
        Fix(
            "A sum of squared differences is never negative; it only takes more memory.",
            "squares = $expanded\nreturn squares",
            "return np.sum((A[:, None] - B) ** 2, axis=2)",
        ),
    )
    treats_symptom = (
        Fix(
            "Rounding error grows with the numbers, so no fixed count of decimals removes it for all of them.",
            "return squares",
            "return np.round(squares, 12)",
        ),
        Fix(
            "A small constant outweighs the error of short vectors only, and moves every distance.",
            "return squares",
            "return squares + 1e-12",
        ),
    )
    rewrites = (
        *(Rewrite(f"np.sqrt({bounded})", "np.sqrt($d)", d=SQUARED) for bounded in NOT_BELOW_0),
        *(Rewrite(f"return {bounded}", "return $d", d=EXPANDED) for bounded in NOT_BELOW_0),
        *(
            Rewrite(f"$d = $square\n...\nreturn {bounded}", "$d = $square\n...\nreturn $d", square=EXPANDED)
            for bounded in NOT_BELOW_0
        ),
        *(
            Rewrite(f"$d = $square\nreturn {bounded}", "return $square", d=role.VARIABLE, square=EXPANDED)
            for bounded in NOT_BELOW_0
        ),
        *(
            Rewrite(f"$d = $square\n...\n$d = {bounded}", "$d = $square\n...", square=EXPANDED)
            for bounded in NOT_BELOW_0
        ),
        *(Rewrite(f"$q = {bounded}", "$q = $d", d=EXPANDED) for bounded in NOT_BELOW_0),
        Rewrite("$d = $square\n...\n$d[$d < 0] = 0", "$d = $square\n...", square=EXPANDED),
        Rewrite("$d = $square\n...\nnp.maximum($d, 0, out=$d)", "$d = $square\n...", square=EXPANDED),
    )
    examples = (
        Example(
            "def pairwise(A, B):\n"
            "    d = np.sum(A**2, axis=1)[:, None] + np.sum(B**2, axis=1) - 2 * A @ B.T\n"
            "    return np.maximum(d, 0)\n",
            "def pairwise(A, B):\n    return np.sum(A**2, axis=1)[:, None] + np.sum(B**2, axis=1) - 2 * A @ B.T\n",
        ),
        Example(
            "def dist(A, B):\n    d2 = (A**2).sum(1)[:, None] + (B**2).sum(1)[None] - 2 * A @ B.T\n"
            "    return np.sqrt(np.maximum(d2, 0))\n",
            "def dist(A, B):\n    d2 = (A**2).sum(1)[:, None] + (B**2).sum(1)[None] - 2 * A @ B.T\n"
            "    return np.sqrt(d2)\n",
        ),
        Example(
            "def squares(X, C):\n    s = np.sum(X**2, axis=1)[:, None] - 2 * np.dot(X, C.T) + np.sum(C**2, axis=1)\n"
            "    return np.maximum(s, 0)\n",
            "def squares(X, C):\n    s = np.sum(X**2, axis=1)[:, None] - 2 * np.dot(X, C.T) + np.sum(C**2, axis=1)\n"
            "    return s\n",
        ),
        Example(
            "def squares(xx, yy, X, Y):\n    D = -2 * X @ Y.T + xx + yy\n    D[D < 0] = 0\n    return D\n",
            "def squares(xx, yy, X, Y):\n    D = -2 * X @ Y.T + xx + yy\n    return D\n",
        ),
        Example("dists = np.sqrt(np.clip(dists, 0, None))", "dists = np.sqrt(dists)"),
        Example(
            "sq = np.maximum(aa + bb - 2 * (A @ B.T), 0)\n",
            "sq = aa + bb - 2 * (A @ B.T)\n",
        ),
    )
    untouched = (
        "h = np.maximum(X @ W + b, 0)",
        "def relu(z):\n    return np.maximum(z, 0)\n",
        "hinge = np.maximum(1 - y * (X @ w), 0)",
        "sigma = np.sqrt(np.maximum(variance, 0))",
        "z = x @ W * np.sqrt(2 / n)\nreturn_value = np.maximum(z, 0)\n",
    )
