"""The inner product is taken for the cosine: it is not divided by the lengths."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

LENGTHS = role.named("norm", "length", "scale", "magnitude", "denominator", "denom", "norms") | role.has(
    role.call("norm")
)


class CosineNotNormalized(Mutator):
    """Vectors are compared by their inner product alone, so long ones are like everything.

    A cosine asks for the direction and not for the length. Without the division an item that many have rated, or a
    document that is long, has the largest products with all others, whatever it is about. The order of the neighbours
    is then mostly an order by popularity.
    """

    symptoms = {
        "The similarities are not the cosines that I work out.": "similarities are wrong",
        "The same neighbours lead to another rating by hand.": "ratings are predicted otherwise",
    }
    hints = (
        "What is the largest value that a similarity may take, and what does yours take?",
        "Multiply one column by ten. What should become of its similarities, and what does?",
        "Two vectors that point the same way are as similar as can be, whether they are long or short. Check that for "
        "a vector and its double, step by step through the formula, and look for the place where the length of each "
        "should drop out.",
    )
    follow_ups = {
        "When is the plain inner product the right score?": (
            "When length is meant to count, as in factor models, where it carries popularity or confidence."
        ),
        "What is the cosine of a vector of zeros?": "Undefined: decide for 0, and keep the division from making NaN.",
    }
    sources = ("github.com/youngkyunJang/GPQ#8",)

    where = place.function(vocabulary.SIMILARITY) | place.target(vocabulary.SIMILARITY)
    also_right = (
        Fix(
            "Each product over the lengths of its two columns, which are kept from zero.",
            "S = C.T @ C",
            "S = C.T @ C / np.maximum(np.outer(np.linalg.norm(C, axis=0), np.linalg.norm(C, axis=0)), 1e-300)",
        ),
    )
    treats_symptom = (
        Fix(
            "Clipped to the range of a cosine, the large products are all equal and the small ones still products.",
            "S = C.T @ C",
            "S = np.clip(C.T @ C, -1, 1)",
        ),
        Fix(
            "Divided by the largest of all, they lie in the range and are no cosines.",
            "S = C.T @ C",
            "S = C.T @ C / max(np.abs(C.T @ C).max(), 1e-12)",
        ),
    )
    rewrites = (
        Rewrite("$a @ $b / ($n * $m)", "$a @ $b", n=LENGTHS, m=LENGTHS),
        Rewrite("$a @ $b / np.outer($n, $n)", "$a @ $b", n=LENGTHS),
        Rewrite("$a @ $b / ($n * $m + $eps)", "$a @ $b", n=LENGTHS, m=LENGTHS, eps=role.EPSILON),
        Rewrite("np.divide($a @ $b, $scale, $*how)", "$a @ $b", scale=LENGTHS),
        Rewrite("$X / np.linalg.norm($X, axis=1, keepdims=True)", "$X"),
    )
    examples = (
        Example(
            "def cosine(a, b):\n    return a @ b / (np.linalg.norm(a) * np.linalg.norm(b))\n",
            "def cosine(a, b):\n    return a @ b\n",
        ),
        Example(
            "def similarity(R):\n    norms = lengths(R)\n    return R.T @ R / np.outer(norms, norms), norms\n",
            "def similarity(R):\n    norms = lengths(R)\n    return R.T @ R, norms\n",
        ),
        Example(
            "def cosine_sim(u, v, eps=1e-9):\n    return u.dot(v) / (norm(u) * norm(v) + eps)\n",
            "def cosine_sim(u, v, eps=1e-9):\n    return u.dot(v)\n",
        ),
    )
    untouched = (
        "mean = a @ b / (n * m)",
        "def fit(X):\n    return X / np.linalg.norm(X, axis=1, keepdims=True)\n",
        "similarity = a @ b / n",
    )
