"""The training part gets the share that was meant for testing."""

from bugforge import Example, Fix, Mutator, Rewrite, role

SHARE = role.named(
    "fraction", "frac", "size", "ratio", "share", "percentage", "percent", "proportion", "portion", "split"
)
HELD = role.HELD_OUT & SHARE
KEPT = role.TRAIN & SHARE
TOTAL = role.COUNT | role.named("total", "length", "rows", "samples", "examples")


class TestFractionInverted(Mutator):
    """A fraction and its complement are exchanged, so the model learns from the small part.

    With a test fraction of 0.2 it trains on a fifth of the rows and is tested on four fifths. Nothing leaks, and mostly
    nothing fails: the score is honest, of a model that saw too little, and the learning curve is taken at the wrong
    end. At one half both are the same.
    """

    symptoms = {
        "Most rows ended up in the test part.": "parts of other sizes",
    }
    hints = (
        "How many rows has each part?",
        "Work the cut out by hand for ten rows and a test fraction of 0.2.",
        "Is the number that the rows are cut at a count of training rows or of test rows?",
    )
    follow_ups = {
        "For which fraction does no test notice?": (
            "One half, where a fraction is its own complement; test with 0.1 or 0.7, and on a number of rows that "
            "is not round."
        ),
        "Why is the score still an honest one?": (
            "The test rows are new to the model all the same. It estimates, and with little variance, how a model "
            "does that was trained on the small part."
        ),
    }
    sources = (
        "github.com/scikit-multilearn/scikit-multilearn#129",
        "github.com/rapidsai-community/notebooks-contrib#164",
    )

    also_right = (
        Fix(
            "All rows less those of the test part are the training rows.",
            "cut = round(len($X) * $fraction)",
            "cut = len($X) - round(len($X) * $fraction)",
        ),
    )
    treats_symptom = (
        Fix(
            "Three quarters suit the default fraction and no other.",
            "cut = round(len($X) * $fraction)",
            "cut = round(len($X) * 0.75)",
        ),
        Fix(
            "This caller takes the parts the other way round; for all others split still keeps the wrong share.",
            "X_rest, X_test, y_rest, y_test = $parts\nX_train, X_valid, y_train, y_valid = $more",
            "X_test, X_rest, y_test, y_rest = $parts\nX_valid, X_train, y_valid, y_train = $more",
        ),
    )
    rewrites = (
        Rewrite("1 - $held", "$held", held=HELD),
        Rewrite("$n * $kept", "$n * (1 - $kept)", n=TOTAL, kept=KEPT),
        Rewrite("$n * $held", "$n * (1 - $held)", n=TOTAL, held=HELD),
    )
    examples = (
        Example("cut = int(len(X) * (1 - test_size))", "cut = int(len(X) * test_size)"),
        Example("n_train = round(train_fraction * n_samples)", "n_train = round((1 - train_fraction) * n_samples)"),
        Example("n_test = int(X.shape[0] * self.test_ratio)", "n_test = int(X.shape[0] * (1 - self.test_ratio))"),
    )
    untouched = (
        "keep = 1 - dropout_rate",
        "n_batches = n_samples * batch_size",
        "area = 1 - size",
        "loss = n * test_loss",
    )
