"""Fitting and predicting put the column of ones in different places."""

from bugforge import Example, Fix, Mutator, Rewrite


class InterceptPositionMismatch(Mutator):
    """The column of ones stands first in one place and last in the other, so coefficients meet the wrong columns.

    The coefficients of an augmented design matrix are told apart by their position alone. One place puts the ones at
    one end, another looks for them at the other: in predict, in the penalty, or where bias and weights are taken out
    of the solution. The intercept then multiplies a feature, each slope its neighbour, and a slope becomes the
    constant. The shapes agree, so nothing complains.
    """

    symptoms = {
        "The bias it reports looks like a weight, and a weight looks like the bias.": (
            "other weights & does not reach the minimum"
        ),
        "Even on a plane without noise the predictions are not right.": ("misses an exact plane"),
    }
    hints = (
        "Fit data of which one feature alone decides. Do weights, bias and predictions say so?",
        "Write down which coefficient multiplies which column, in the fit and in the prediction.",
        "Where does the column of ones stand, and where does each other line expect its coefficient?",
    )
    follow_ups = {
        "When would this bug be invisible?": (
            "With one feature that is always 1, or when the intercept and the slopes happen to be equal."
        ),
        "How would you make it impossible?": (
            "Build the augmented matrix in one function that fit and predict share, or keep bias and weights apart "
            "and never augment."
        ),
    }
    sources = ()

    also_right = (
        Fix(
            "It does not matter what joins the columns, as long as the ones are first.",
            "np.column_stack([$X, np.ones($n)])",
            "np.c_[np.ones($n), $X]",
        ),
        Fix(
            "Bias and weights have names of their own, so predict can do without the matrix and its order.",
            "A = np.column_stack([$X, np.ones($n)])\nreturn A @ np.append($bias, $weights)",
            "return $X @ $weights + $bias",
        ),
        Fix(
            "Whichever function joins them: the ones are last again, where the bias is read and spared.",
            "np.column_stack([np.ones($n), $X])",
            "np.c_[$X, np.ones($n)]",
        ),
    )
    treats_symptom = (
        Fix(
            "The bias is read from the end now, but the penalty still spares the first coefficient, a slope.",
            "A = np.column_stack([$X, np.ones($n)])\n...\nself.bias = theta[0]\nself.weights = theta[1:]",
            "A = np.column_stack([$X, np.ones($n)])\n...\nself.bias = theta[-1]\nself.weights = theta[:-1]",
        ),
        Fix(
            "The last coefficient is returned as the bias now, and penalised; the first slope is not.",
            "return theta[1:], theta[0]",
            "return theta[:-1], theta[-1]",
        ),
        Fix(
            "Reading the bias from the front leaves the penalty on it, and takes it off the last slope.",
            "self.weights, self.bias = theta[:-1], theta[-1]",
            "self.weights, self.bias = theta[1:], theta[0]",
        ),
        Fix(
            "Fit agrees with predict now, and with itself no more: it takes the first slope for the bias.",
            "A = np.column_stack([np.ones($n), $X])\npenalty = $built",
            "A = np.column_stack([$X, np.ones($n)])\npenalty = $built",
        ),
    )
    rewrites = (
        Rewrite(
            "np.column_stack([np.ones($n), $X])",
            "np.column_stack([$X, np.ones($n)])",
        ),
        Rewrite(
            "np.column_stack([$X, np.ones($n)])",
            "np.column_stack([np.ones($n), $X])",
        ),
        Rewrite("np.hstack([np.ones($shape), $X])", "np.hstack([$X, np.ones($shape)])"),
        Rewrite("np.hstack([$X, np.ones($shape)])", "np.hstack([np.ones($shape), $X])"),
        Rewrite("np.c_[np.ones($n), $X]", "np.c_[$X, np.ones($n)]"),
        Rewrite("np.c_[$X, np.ones($n)]", "np.c_[np.ones($n), $X]"),
    )
    examples = (
        Example("A = np.column_stack([np.ones(len(X)), X])", "A = np.column_stack([X, np.ones(len(X))])"),
        Example("A = np.c_[X, np.ones(n)]", "A = np.c_[np.ones(n), X]"),
        Example("A = np.hstack([np.ones((n, 1)), X])", "A = np.hstack([X, np.ones((n, 1))])"),
    )
    untouched = (
        "A = np.column_stack([X, y])",
        "A = np.column_stack([np.zeros(len(X)), X])",
        "rows = np.vstack([np.ones(3), X])",
    )
