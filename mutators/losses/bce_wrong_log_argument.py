"""The negatives are charged with log p instead of log(1 - p)."""

from bugforge import Example, Fix, Mutator, Rewrite, role

LABEL = ~role.PREDICTION
ENTROPY = ("(1 - $p) * np.log(1 - $p)",)
CHARGES = (
    ("(1 - $y) * np.log(1 - $p)", "(1 - $y) * np.log($p)"),
    ("(1 - $y) * np.log(1 - $p + $eps)", "(1 - $y) * np.log($p + $eps)"),
    ("(1 - $y) * np.log1p(-$p)", "(1 - $y) * np.log($p)"),
    ("(1 - $y) * -np.log(1 - $p)", "(1 - $y) * -np.log($p)"),
    ("(1 - $y) * math.log(1 - $p)", "(1 - $y) * math.log($p)"),
    ("(1 - $y) @ np.log(1 - $p)", "(1 - $y) @ np.log($p)"),
    ("(1 - $y).T @ np.log(1 - $p)", "(1 - $y).T @ np.log($p)"),
)


class BceWrongLogArgument(Mutator):
    """Both classes are charged with the logarithm of p, so the loss no longer depends on the labels.

    A negative sample should cost -log(1 - p), little when p is small. With log p in both terms the weights y and 1 - y
    add up to 1, and what remains is -mean(log p): the labels have cancelled. Every sample now asks for a larger
    probability, the negatives too.
    """

    symptoms = {
        "A probability of 0.9 costs the same whichever label the row has.": (
            "loss by hand is missed & training ends at a higher loss"
        ),
    }
    hints = (
        "Swap two labels of different classes. What should happen to the loss, and what does?",
        "Work out the loss of one negative with p = 0.1 and of another with p = 0.9. Which one should be larger?",
        "For a negative, which probability did the model give to what came true?",
    )
    follow_ups = {
        "At which probability do the right and the wrong loss agree?": (
            "At p = 0.5, where p and 1 - p are equal. A fresh model with zero weights predicts just that, so a first "
            "loss of log 2 looks right."
        ),
        "When do the weights converge to something sensible all the same?": (
            "When the gradient is coded as p - y: it does not come from this function then. Comparing it with central "
            "differences of the loss shows that the two do not belong together."
        ),
    }
    sources = ("github.com/eriklindernoren/ML-From-Scratch#16",)

    also_right = (
        Fix(
            "One logarithm of the probability that the label was given is all that the two terms come to.",
            "$y * np.log($p) + (1 - $y) * np.log($p)",
            "np.log(np.where($y == 1, $p, 1 - $p))",
        ),
        Fix(
            "np.log1p(-p) stands for log(1 - p), with more correct digits near p = 0.",
            "(1 - $y) * np.log($p)",
            "(1 - $y) * np.log1p(-$p)",
        ),
    )
    treats_symptom = (
        Fix(
            "With a minus the labels count again, but a negative then earns -log p, which has no bound.",
            "$y * np.log($p) + (1 - $y) * np.log($p)",
            "$y * np.log($p) - (1 - $y) * np.log($p)",
        ),
        Fix(
            "Without the second term the labels no longer cancel, and the negatives are free of charge.",
            "$y * np.log($p) + (1 - $y) * np.log($p)",
            "$y * np.log($p)",
        ),
    )
    rewrites = tuple(Rewrite(right, wrong, y=LABEL, unless_within=ENTROPY) for right, wrong in CHARGES)
    examples = (
        Example(
            "loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
            "loss = -np.mean(y * np.log(p) + (1 - y) * np.log(p))",
        ),
        Example(
            "bce = y * np.log(v + eps) + (1 - y) * np.log(1 - v + eps)",
            "bce = y * np.log(v + eps) + (1 - y) * np.log(v + eps)",
        ),
        Example(
            "losses = -t * np.log(a) - (1 - t) * np.log(1 - a)",
            "losses = -t * np.log(a) - (1 - t) * np.log(a)",
        ),
        Example(
            "cost = y.T @ np.log(h) + (1 - y).T @ np.log(1 - h)",
            "cost = y.T @ np.log(h) + (1 - y).T @ np.log(h)",
        ),
        Example("loss += (1 - label) * math.log(1 - score)", "loss += (1 - label) * math.log(score)"),
    )
    untouched = (
        "entropy = p * np.log(p) + (1 - p) * np.log(1 - p)",
        "log_q = np.log(1 - p)",
        "odds = np.log(p) - np.log(1 - p)",
        "kl = (1 - rho) * np.log((1 - rho) / (1 - q))",
        "log_survival = (1 - censored) * np.log(1 - censored)",
    )
