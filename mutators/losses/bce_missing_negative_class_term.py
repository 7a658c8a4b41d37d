"""Only samples of the positive class count in the binary cross-entropy."""

from bugforge import Example, Fix, Mutator, Rewrite, role

LABEL = ~role.PREDICTION
ENTROPIES = ("$p * np.log($p) + $rest", "$p * np.log($p / $q) + $rest", "(1 - $p) * np.log(1 - $p) + $rest")
PAIRS = (
    ("$y * np.log($p)", "(1 - $y) * np.log($q)"),
    ("$y * np.log($p)", "(1 - $y) * np.log1p($q)"),
    ("$y * -np.log($p)", "(1 - $y) * -np.log($q)"),
    ("$y * math.log($p)", "(1 - $y) * math.log($q)"),
    ("$y @ np.log($p)", "(1 - $y) @ np.log($q)"),
    ("$y.T @ np.log($p)", "(1 - $y).T @ np.log($q)"),
)


class BceMissingNegativeClassTerm(Mutator):
    """The loss stops after y log p, so nothing is charged for what the model says of the negatives.

    The cross-entropy of a binary label is -log of the probability given to the class that came true: log p where y is
    1, log(1 - p) where y is 0. The factors y and 1 - y choose between the two. Leaving out the second makes every
    negative free of charge. The smallest loss, 0, then belongs to a model that predicts 1 for everything.
    """

    symptoms = {
        "The loss looks better than it should: being sure and wrong about a row of class 0 costs nothing.": (
            "loss by hand is missed & training ends at a lower loss"
        ),
    }
    hints = (
        "Evaluate the loss on a batch of negatives only.",
        "Which constant prediction has the smallest loss, and which one should have?",
        "The formula has one term for each class. Write both down and look for them in the code.",
    )
    follow_ups = {
        "With one-hot targets and a softmax the loss is only -sum(y log p). Why is that complete?": (
            "There every class has its own column, so the negatives of one class are the positives of another, and "
            "the probabilities of a row compete for a total of 1."
        ),
        "Which test finds this at once?": (
            "Exchanging the classes must not change the loss: L(y, p) = L(1 - y, 1 - p)."
        ),
    }
    sources = ()

    also_right = (
        Fix(
            "Choosing the probability of the class that came true needs one logarithm and no second term.",
            "np.mean($y * np.log($p))",
            "np.mean(np.log(np.where($y == 1, $p, 1 - $p)))",
        ),
        Fix(
            "log1p of minus p is log(1 - p), and more exact where p is tiny.",
            "$y * np.log($p)",
            "$y * np.log($p) + (1 - $y) * np.log1p(-$p)",
        ),
    )
    treats_symptom = (
        Fix(
            "Averaging over the positives alone makes the number larger, and a negative still costs nothing.",
            "-np.mean($y * np.log($p))",
            "-np.sum($y * np.log($p)) / np.sum($y)",
        ),
        Fix(
            "A higher threshold calls fewer rows positive; the loss still does not look at the negatives.",
            "$p >= 0.5",
            "$p >= 0.9",
        ),
    )
    rewrites = (
        *(Rewrite(f"{ones} + {zeros}", ones, y=LABEL, unless_within=ENTROPIES) for ones, zeros in PAIRS),
        Rewrite("-$y * np.log($p) - (1 - $y) * np.log($q)", "-$y * np.log($p)", y=LABEL),
    )
    examples = (
        Example("loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))", "loss = -np.mean(y * np.log(p))"),
        Example(
            "bce = -(y * np.log(p + eps) + (1 - y) * np.log(1 - p + eps)).mean()",
            "bce = -(y * np.log(p + eps)).mean()",
        ),
        Example("losses = -t * np.log(a) - (1 - t) * np.log(1 - a)", "losses = -t * np.log(a)"),
        Example(
            "cost = -(y.dot(np.log(h)) + (1 - y).dot(np.log(1 - h))) / m",
            "cost = -y.dot(np.log(h)) / m",
        ),
        Example("total += y * math.log(p) + (1 - y) * math.log(1 - p)", "total += y * math.log(p)"),
    )
    untouched = (
        "loss = -np.sum(one_hot * np.log(p))",
        "mixed = lam * a + (1 - lam) * b",
        "entropy = -(p * np.log(p) + (1 - p) * np.log(1 - p))",
        "kl = rho * np.log(rho / q) + (1 - rho) * np.log((1 - rho) / (1 - q))",
    )
