"""A reduction runs along the wrong axis."""

from bugforge import Example, Mutator, Rewrite, role

DATA = role.named("x", "data", "feature", "sample", "row", "image", "point", "observation", "frame", "df")
DISTANCE = role.named("distance", "dist", "d2", "sq", "gap")
SCORES = role.has(role.PREDICTION | DISTANCE | role.named("score", "similarity", "sim"))
COUNTS = role.named("cm", "confusion", "counts", "conf", "confmat", "contingency")
STATISTICS = ("mean", "std", "var", "min", "max", "median", "ptp", "nanmean", "nanstd", "nanmedian")
CHOICES = ("argmin", "argmax", "argsort", "sort", "min")


class WrongReductionAxis(Mutator):
    """Rows and columns are exchanged: what should be reduced is kept, and what should be kept is reduced.

    The axis that is named is the one that disappears: axis=0 collapses the rows and leaves a number a column, axis=1
    the other way round. The wrong one mixes quantities that do not belong together, features of different units for
    a mean, or different samples for a distance. On a rectangular input the shapes may clash later; on a square one,
    or where the reduced axis is kept, all goes through.
    """

    symptoms = {
        "I get an array of the wrong length, and a few lines on it ends in an error about shapes.": "raises",
        "The inertia is many times too small, whatever the number of clusters.": (
            "training ends at a lower loss & inertia is wrong"
        ),
        "The macro average does not fit the values of the single classes.": "average over classes is off",
        "Top-1 accuracy is not the accuracy, on the same probabilities.": "a metric by hand is missed",
    }
    hints = (
        "Use an input with three rows and two columns. How long is each intermediate result?",
        "For every number that is computed, say in words what it is a summary of.",
        "Which axis is gone after each reduction: samples or features?",
    )
    follow_ups = {
        "Why do tests on square inputs and on rectangular ones find different bugs?": (
            "A rectangular input turns the wrong axis into a shape error somewhere; a square one lets it pass, and "
            "only wrong values show it."
        ),
        "When does the axis make no difference?": (
            "For the sums of a symmetric matrix, such as a kernel or a matrix of distances of a set to itself."
        ),
    }
    sources = ("github.com/TNTLFreiburg/braindecode#56",)

    rewrites = (
        *(
            Rewrite(f"np.{name}($X, axis={right}, $*rest)", f"np.{name}($X, axis={wrong}, $*rest)", X=DATA)
            for name in STATISTICS
            for right, wrong in (("0", "1"), ("1", "0"), ("-1", "0"))
            if right == "0" or name in ("mean", "std", "var")
        ),
        *(
            Rewrite(squares.format(axis), squares.format("0"))
            for squares in ("np.sum($d ** 2, axis={}, $*rest)", "np.linalg.norm($d, axis={}, $*rest)")
            for axis in ("1", "-1")
        ),
        *(
            Rewrite(f"np.{name}($scores, axis={axis})", f"np.{name}($scores, axis=0)", scores=SCORES)
            for name in CHOICES
            for axis in ("1", "-1")
        ),
        Rewrite("np.sum($cm, axis=0, $*rest)", "np.sum($cm, axis=1, $*rest)", cm=COUNTS),
        Rewrite("np.sum($cm, axis=1, $*rest)", "np.sum($cm, axis=0, $*rest)", cm=COUNTS),
    )
    examples = (
        Example("self.mean_ = X.mean(axis=0)", "self.mean_ = X.mean(axis=1)"),
        Example("sd = np.std(X_train, axis=0, ddof=1)", "sd = np.std(X_train, axis=1, ddof=1)"),
        Example("d = np.sqrt(np.sum((X - center) ** 2, axis=1))", "d = np.sqrt(np.sum((X - center) ** 2, axis=0))"),
        Example(
            "unit = X / np.linalg.norm(X, axis=1, keepdims=True)", "unit = X / np.linalg.norm(X, axis=0, keepdims=True)"
        ),
        Example("nearest = np.argsort(distances, axis=1)[:, :k]", "nearest = np.argsort(distances, axis=0)[:, :k]"),
        Example("support = cm.sum(1)", "support = cm.sum(0)"),
    )
    untouched = (
        "total = np.sum(x)",
        "db = delta.sum(axis=0)",
        "shift = z.max(axis=1, keepdims=True)",
        "center = K.mean(axis=0)",
    )
