"""A reduction runs along the wrong axis."""

from bugforge import Example, Fix, Mutator, Rewrite, role

DATA = role.named("x", "data", "feature", "sample", "row", "image", "point", "observation", "frame", "df")
DISTANCE = role.named("distance", "dist", "d2", "sq", "gap")
SCORES = role.has(role.PREDICTION | DISTANCE | role.named("score", "similarity", "sim"))
COUNTS = role.named("cm", "confusion", "counts", "conf", "confmat", "contingency")
FRAME = role.OF_TABLE
STATISTICS = ("mean", "std", "var", "min", "max", "median", "ptp", "nanmean", "nanstd", "nanmedian")
CHOICES = ("argmin", "argmax", "argsort", "sort", "min")


class WrongReductionAxis(Mutator):
    """Rows and columns are exchanged: an operation runs along the wrong axis.

    The axis that is named is the one that is run along, and that a reduction removes: axis=0 collapses the rows and
    leaves a number a column, axis=1 the other way round. The wrong one mixes quantities that do not belong together,
    features of different units for a mean, or different samples for a distance. On a rectangular input the shapes may
    clash later; on a square one, or where the shape is kept or everything is added up in the end, nothing complains.
    """

    symptoms = {
        "Something comes out with the wrong length, and then it stops with an error.": "raises",
        "The inertia is many times too small, whatever the number of clusters.": (
            "training ends at a lower loss & inertia is wrong"
        ),
        "The macro average does not fit the values of the single classes.": "average over classes is off",
        "A few rows by hand have another distance from their reconstruction.": "the reconstruction is off",
        "A metric is not what pencil and paper give for the same few samples.": "a metric by hand is missed",
    }
    hints = (
        "Work out a small, lopsided example by hand and compare every intermediate result.",
        "For every intermediate result, say in words which entries each of its numbers comes from.",
        "What do the rows and the columns stand for, and along which of them does each operation run?",
    )
    follow_ups = {
        "Why do tests on square inputs and on rectangular ones find different bugs?": (
            "A rectangular input often turns the wrong axis into a shape error somewhere; a square one lets it pass, "
            "and only wrong values show it."
        ),
        "When does the axis make no difference?": (
            "For the sums of a symmetric matrix, such as a kernel or a matrix of distances of a set to itself."
        ),
    }
    sources = ("github.com/TNTLFreiburg/braindecode#56",)

    also_right = (
        Fix(
            "Two arrays indexed alike in an einsum give the squared length of each row.",
            "np.sum(B ** 2, axis=0)",
            """np.einsum("ij,ij->i", B, B)""",
        ),
        Fix(
            "An axis can also be put back with None after it has been summed away.",
            "np.sum(A ** 2, axis=0, keepdims=True)",
            "np.sum(A**2, axis=1)[:, None]",
        ),
        Fix(
            "The coordinates are the last axis, so a norm along -1 is one for each row.",
            "np.linalg.norm($d, axis=0)",
            "np.linalg.norm($d, axis=-1)",
        ),
        Fix(
            "Candidates stand along the last axis, so the minimum may be sought along -1.",
            "np.argmin($scores, axis=0)",
            "np.argmin($scores, axis=-1)",
        ),
        Fix(
            "The classes are the last axis of the table, and -1 is its name too.",
            "np.argmax($scores, axis=0)",
            "np.argmax($scores, axis=-1)",
        ),
        Fix(
            "The sum over the members, divided by how many there are, is their mean.",
            "np.mean(X[members], axis=1)",
            "np.sum(X[members], axis=0) / members.sum()",
        ),
        Fix(
            "np.average along the rows is the mean of each column as well.",
            "origin = np.mean(X, axis=1)",
            "origin = np.average(X, axis=0)",
        ),
        Fix(
            "The columns' mean is what a frame gives when no axis is named.",
            "self.mean = $X.mean(axis=1)",
            "self.mean = $X.mean()",
            X=FRAME,
        ),
        Fix(
            "pandas takes the spread down the columns unless it is told otherwise.",
            "X.std(axis=1, ddof=0)",
            "X.std(ddof=0)",
        ),
        Fix(
            "How often each class was predicted can be counted from the labels themselves.",
            "np.sum(counts, axis=1)",
            "np.bincount(y_pred, minlength=n_classes)",
        ),
        Fix(
            "np.bincount of the true labels is the number of samples of each class.",
            "np.sum(counts, axis=0)",
            "np.bincount(y_true, minlength=n_classes)",
        ),
        Fix(
            "The labels already name the nearest centre, so the distances can be looked up by them.",
            "squared_distances(X, centers).min(axis=0)",
            "squared_distances(X, centers)[np.arange(len(X)), labels]",
        ),
        Fix(
            "The matrix plus its transpose, summed along either axis, holds rows and columns once each.",
            "$c.sum(axis=1) + $c.sum(axis=1)",
            "($c + $c.T).sum(axis=1)",
        ),
        Fix(
            "argsort goes along the last axis if none is named.",
            "np.argsort(-proba, axis=0)[:, :k]",
            "np.argsort(-proba)[:, :k]",
        ),
    )
    treats_symptom = (
        Fix(
            "With the arguments exchanged as well, each centre is asked for its nearest row, as before.",
            "squared_distances(X, centers).argmin(axis=0)",
            "squared_distances(centers, X).argmin(axis=1)",
        ),
        Fix(
            "All squares in one sum stop the error about shapes, but they belong to no row.",
            "np.sum($M ** 2, axis=0, $*rest)",
            "np.sum($M**2)",
        ),
        Fix(
            "The transpose and the other axis undo each other: this is the same answer as before.",
            "np.argmax($scores, axis=0)",
            "np.argmax($scores.T, axis=1)",
        ),
        Fix(
            "A single norm of the whole difference fits every shape, and belongs to no row.",
            "np.linalg.norm($d, axis=0)",
            "np.linalg.norm($d)",
        ),
        Fix(
            "One mean for columns of different units moves none of them to its own middle.",
            "self.mean = $X.mean(axis=1)",
            "self.mean = $X.to_numpy().mean()",
            X=FRAME,
        ),
        Fix(
            "One scale for the whole table leaves columns of large numbers larger than the others.",
            "X.std(axis=1, ddof=0).replace(0, 1)",
            "X.to_numpy().std()",
        ),
        Fix(
            "The mean of all numbers fits any row, and puts every coordinate of the centre at one value.",
            "np.mean(X[members], axis=1)",
            "np.mean(X[members])",
        ),
        Fix(
            "With the axis kept the subtraction runs, but each row is centred on itself.",
            "origin = np.mean(X, axis=1)",
            "origin = np.mean(X, axis=1, keepdims=True)",
        ),
        Fix(
            "The first k of each column are the samples that a class suits best, not the classes of a sample.",
            "np.argsort(-proba, axis=0)[:, :k]",
            "np.argsort(-proba, axis=0)[:k].T",
        ),
    )
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
