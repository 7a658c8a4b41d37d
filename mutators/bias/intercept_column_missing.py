"""The design matrix has no column of ones."""

from collections import defaultdict
from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite

JOINED = (
    "np.column_stack([{}, {}])",
    "np.column_stack(({}, {}))",
    "np.hstack([{}, {}])",
    "np.hstack(({}, {}))",
    "np.concatenate([{}, {}], axis=1)",
    "np.concatenate(({}, {}), axis=1)",
    "np.append({}, {}, axis=1)",
    "np.c_[{}, {}]",
)
ONES = "np.ones($shape)"


class InterceptColumnMissing(Mutator):
    """The features are handed to the solver without the column of ones that stands for the intercept.

    A solver of a linear model fits one coefficient a column and nothing else. The constant term exists only as the
    coefficient of a column that is 1 in every row; without it the score of a row of zeros is 0, and the slopes are
    biased where they have to make up for that. Code that still takes the first or last coefficient for the intercept
    then gives away a slope.
    """

    symptoms = {
        "A plane without noise should be fitted exactly. It is not, unless it goes through the origin.": (
            "misses an exact plane"
        ),
        "One weight fewer comes out than there are features, and what uses them next stops with an error.": "raises",
    }
    hints = (
        "What should the fitted model say of a row of zeros, and can it?",
        "Count the coefficients that come back and the ones that you need.",
        "Which column of the design matrix does the constant term belong to?",
    )
    follow_ups = {
        "How can you fit an intercept without that column?": (
            "In least squares centre features and target, fit the slopes, and recover it as mean(y) - mean(X) @ "
            "slopes. In gradient descent keep a bias with a gradient of its own."
        ),
        "What happens if the features already hold a constant column?": (
            "With another one the matrix is rank-deficient: the two constants are determined in their sum only, and "
            "normal equations that are solved by an inverse fail."
        ),
    }
    sources = ("stackoverflow.com/questions/20701484",)

    also_right = (
        Fix(
            "np.c_ puts the ones in front as well; fit and predict both need them.",
            "def fit(self, X, y):\n    ...\n    A = X\n    ...\n...\ndef predict(self, X):\n    ...\n    A = X\n"
            "    ...",
            "def fit(self, X, y):\n    ...\n    A = np.c_[np.ones(len(X)), X]\n    ...\n...\n"
            "def predict(self, X):\n    ...\n    A = np.c_[np.ones(len(X)), X]\n    ...",
        ),
        Fix(
            "Padding each row with a 1 at its end is the column of ones that the last coefficient belongs to.",
            "A = X\ntheta = $start",
            "A = np.pad(X, ((0, 0), (0, 1)), constant_values=1)\ntheta = $start",
        ),
        Fix(
            "Ones stacked in front by np.c_ are the column whose coefficient is returned as the bias.",
            "A = X\npenalty = l2 * $eye",
            "A = np.c_[np.ones(len(X)), X]\npenalty = l2 * $eye",
        ),
    )
    treats_symptom = (
        Fix(
            "With the column in fit alone, predict has one coefficient more than it has columns.",
            "A = X\npenalty = self.l2 * $n * $eye",
            "A = np.column_stack([np.ones(len(X)), X])\npenalty = self.l2 * $n * $eye",
        ),
        Fix(
            "All weights are kept now, but the boundary passes through the origin as before.",
            "self.weights, self.bias = theta[:-1], theta[-1]",
            "self.weights, self.bias = theta, 0.0",
        ),
        Fix(
            "The mean of the labels is the right constant only for columns that average to 0.",
            "return theta[1:], theta[0]",
            "return theta, np.mean(y)",
        ),
    )
    rewrites = (
        *(Rewrite(joined.format(ONES, "$X"), "$X") for joined in JOINED),
        *(Rewrite(joined.format("$X", ONES), "$X") for joined in JOINED),
        Rewrite("np.insert($X, 0, 1, axis=1)", "$X"),
        Rewrite("np.insert($X, 0, np.ones($shape), axis=1)", "$X"),
        Rewrite("$api.add_constant($X, $*how)", "$X"),
        Rewrite("np.column_stack([np.ones($shape), $x, $z, $*more])", "np.column_stack([$x, $z, $*more])"),
    )
    examples = (
        Example("A = np.column_stack([np.ones(len(X)), X])", "A = X"),
        Example("theta = solve(np.c_[X, np.ones(n)], y)", "theta = solve(X, y)"),
        Example("X_b = np.hstack((np.ones((X.shape[0], 1)), X))", "X_b = X"),
        Example("X = np.insert(X, 0, 1, axis=1)\nw = solve(X, y)\n", "w = solve(X, y)\n"),
        Example("A = np.column_stack([np.ones(n), x, x**2])", "A = np.column_stack([x, x**2])"),
        Example("model = sm.OLS(y, sm.add_constant(X))", "model = sm.OLS(y, X)"),
        Example(
            "class Line:\n    def fit(self, X, y):\n        self.theta = solve(np.c_[np.ones(len(X)), X], y)\n\n"
            "    def predict(self, X):\n        return np.c_[np.ones(len(X)), X] @ self.theta\n",
            "class Line:\n    def fit(self, X, y):\n        self.theta = solve(X, y)\n\n"
            "    def predict(self, X):\n        return X @ self.theta\n",
        ),
    )
    untouched = (
        "A = np.column_stack([X, y])",
        "padded = np.hstack([np.zeros((n, 1)), X])",
        "rows = np.vstack([np.ones(3), X])",
        "labels = np.concatenate([np.ones(n), zeros])",
        "X = np.insert(X, 0, 1, axis=0)",
        "def fit(X, y, intercept):\n    if intercept:\n        X = np.c_[np.ones(len(X)), X]\n    return solve(X, y)\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """One change for all the places of a class, or of a module's functions: fit and predict have to agree."""
        places: dict[cst.CSTNode | None, list[Change]] = defaultdict(list)
        for change in super().mutate(code):
            around = code.program.ancestors(change.node)
            owner = next((node for node in around if isinstance(node, cst.ClassDef)), None)
            places[owner].append(change)
        for changes in places.values():
            yield Change(changes[0].node, tuple(edit for change in changes for edit in change.edits))
