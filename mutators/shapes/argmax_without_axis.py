"""argmax looks for one winner in the whole array."""

from bugforge import Example, Fix, Mutator, Rewrite, role

DISTANCE = role.named("distance", "dist", "gap", "d2", "sq", "cost")
SCORES = role.has(role.PREDICTION | DISTANCE | role.named("score", "softmax", "forward", "q", "q_value", "out"))


class ArgmaxWithoutAxis(Mutator):
    """Without an axis, argmax and argmin give one position in the flattened array and not one a row.

    The position counts the entries of all rows, so for a batch it is a single number, mostly no index of a column at
    all. Where it is compared with labels it broadcasts: no exception, and an accuracy that says how many labels happen
    to equal that number. Where labels are counted or used as an index, it soon stops with an error.
    """

    symptoms = {
        "I asked for one label per row and got a single number; what comes next stops with an error.": "raises",
        "It predicts one number for the whole batch, and the accuracy collapses.": (
            "score too low & labels do not follow the scores"
        ),
        "The out-of-bag accuracy is next to nothing, and the shares that it is made of are right.": (
            "score too low & the out-of-bag score is wrong"
        ),
    }
    hints = (
        "Feed it one row, then two rows with different winners.",
        "How many answers does it return for a batch, and how large can they get?",
        "What does the call reduce when it is not told where to look?",
    )
    follow_ups = {
        "Why does a comparison with the labels not crash?": (
            "A scalar compares with an array element by element, so the mean of the comparison is a number like any "
            "other."
        ),
        "How do you turn a flat position back into row and column?": (
            "np.unravel_index(position, array.shape); that is for finding the largest entry of a matrix."
        ),
    }
    sources = ("github.com/lisa-lab/DeepLearningTutorials#15", "github.com/BVLC/caffe#3182")

    also_right = (
        Fix(
            "-1 is the last axis, and of a matrix the last one is axis 1.",
            "np.argmin($scores)",
            "np.argmin($scores, axis=-1)",
        ),
        Fix(
            "Asking row by row is slower, and gives one position for each of them.",
            "np.argmax($scores)",
            "np.array([np.argmax(row) for row in $scores])",
        ),
    )
    treats_symptom = (
        Fix(
            "An array of one number has the right shape for a single row and for no larger batch.",
            "np.argmax($scores)",
            "np.atleast_1d(np.argmax($scores))",
        ),
        Fix(
            "Repeated for every row the answer has the right length, but it is one position in the whole table.",
            "np.argmin($scores)",
            "np.full(len(X), np.argmin($scores))",
        ),
        Fix(
            "The column of the overall winner is a class at last, but only that of one row.",
            "np.asarray(proba).argmax()",
            "np.unravel_index(np.asarray(proba).argmax(), np.shape(proba))[1]",
        ),
    )
    rewrites = (
        Rewrite("np.argmax($scores, axis=1)", "np.argmax($scores)"),
        Rewrite("np.argmin($scores, axis=1)", "np.argmin($scores)"),
        Rewrite("np.argmax($scores, axis=-1)", "np.argmax($scores)", scores=SCORES),
        Rewrite("np.argmin($scores, axis=-1)", "np.argmin($scores)", scores=SCORES),
    )
    examples = (
        Example("labels = np.argmax(proba, axis=1)", "labels = np.argmax(proba)"),
        Example("y_pred = self.forward(X).argmax(axis=-1)", "y_pred = self.forward(X).argmax()"),
        Example("nearest = distances.argmin(1)", "nearest = distances.argmin()"),
    )
    untouched = (
        "best = gains.argmax()",
        "peak = np.argmax(signal, axis=0)",
        "action = np.argmax(values, axis=-1)",
        "top = logits.max(axis=1, keepdims=True)",
    )
