"""The logarithm is taken of the shares of absent classes too, and zero times infinity is no number."""

from bugforge import Example, Fix, Mutator, Rewrite, role

LOG = role.has(role.call("log", "log2", "log10"))


class EntropyLogZero(Mutator):
    """Nothing keeps a share of zero from the logarithm, so the entropy of labels that lack a class is NaN.

    A class that does not occur needs no bits: p log p tends to 0 with p. The computer takes the factors one by one, and
    0 times -inf is NaN. A part of a table that lacks a class is what every good split makes; its gain is then NaN,
    every comparison with NaN is false, and exactly the best splits are passed over.
    """

    symptoms = {
        "A set of labels in which a class is missing has no entropy, where a number is due.": (
            "impurity by hand is missed & warns"
        ),
        "numpy warns of a division by zero in the logarithm.": "warns",
    }
    hints = (
        "Which sets of labels does a good split produce? Compute the entropy of one of them.",
        "Compute the entropy of the labels 0, 0, 2, 2, of which class 1 is absent. What does each class contribute?",
        "Evaluate the contribution of a class that does not occur, factor by factor, as numpy does, and compare it "
        "with the limit that the formula has there. Then find out what becomes of a comparison with that value when "
        "the best split is looked for.",
    )
    follow_ups = {
        "Why is 0 log 0 taken to be 0?": "Because p log p tends to 0 as p does, and an absent class costs no bits.",
        "What would a small constant inside the logarithm do?": (
            "It keeps the value finite and moves every entropy a little; pure sets come out as slightly less than zero."
        ),
    }
    sources = ("github.com/jainaman224/Algo_Ds_Notes#2333",)

    also_right = (
        Fix(
            "Only the classes that occur are looked at.",
            "-np.sum($p * np.log2($p))",
            "-np.sum($p[$p > 0] * np.log2($p[$p > 0]))",
        ),
        Fix(
            "For an absent class the logarithm is taken of one, which is zero.",
            "np.log2($p)",
            "np.log2($p + ($p == 0))",
        ),
    )
    treats_symptom = (
        Fix(
            "A NaN that is turned into zero calls a mixed set pure as soon as one class is absent.",
            "return -np.sum($p * np.log2($p))",
            "return np.nan_to_num(-np.sum($p * np.log2($p)))",
        ),
        Fix(
            "A NaN that is turned into zero makes pure sets of all that lack a class.",
            "return -np.sum($p * np.log2($p), axis=-1)",
            "return np.nan_to_num(-np.sum($p * np.log2($p), axis=-1))",
        ),
    )
    rewrites = (
        Rewrite("$p = $p[$p > 0]\nreturn $e", "return $e", e=LOG),
        Rewrite("$p = $p[$p > 0]\n$h = $e", "$h = $e", e=LOG),
        Rewrite("$p = $p[$p != 0]\nreturn $e", "return $e", e=LOG),
        Rewrite("$p * np.log2(np.where($p > 0, $p, $one))", "$p * np.log2($p)", one=role.number(1)),
        Rewrite("$p * np.log(np.where($p > 0, $p, $one))", "$p * np.log($p)", one=role.number(1)),
        Rewrite("$p * np.log2($p + $eps)", "$p * np.log2($p)", eps=role.EPSILON),
        Rewrite("$p * np.log($p + $eps)", "$p * np.log($p)", eps=role.EPSILON),
    )
    examples = (
        Example(
            "def entropy(y):\n    p = np.bincount(y) / len(y)\n    p = p[p > 0]\n    return -(p * np.log2(p)).sum()\n",
            "def entropy(y):\n    p = np.bincount(y) / len(y)\n    return -(p * np.log2(p)).sum()\n",
        ),
        Example(
            "h = -np.sum(probs * np.log(probs + 1e-12), axis=1)",
            "h = -np.sum(probs * np.log(probs), axis=1)",
        ),
        Example(
            "h = -(q * np.log2(np.where(q > 0, q, 1))).sum(axis=-1)",
            "h = -(q * np.log2(q)).sum(axis=-1)",
        ),
    )
    untouched = (
        "def rows(x):\n    x = x[x > 0]\n    return x.sum()\n",
        "loss = -np.mean(y * np.log(p + eps))",
        "h = -np.sum(p * np.log(q + 1e-9))",
        "_, counts = np.unique(y, return_counts=True)\np = counts / len(y)\nh = -np.sum(p * np.log2(p))\n",
    )
