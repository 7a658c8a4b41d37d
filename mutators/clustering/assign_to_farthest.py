"""Each row is assigned to the centre that is farthest from it."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

DISTANCES = role.named("d", "dist", "distance", "d2", "dist_sq", "sq_dist", "sq_distance") | role.call(
    vocabulary.DISTANCE
)
TO_CENTER = role.has(DISTANCES | role.named("center", "centre", "centroid", "cluster_center", "mu", "means"))
# the row sums of a matrix of distances choose a medoid, not a cluster
ROW_SUM = role.like("np.sum($d, $*how)", d=DISTANCES)


class AssignToFarthest(Mutator):
    """The largest distance wins instead of the smallest, so the assignment works against the objective.

    k-means lowers the sum of squared distances by giving each row to its nearest centre and then moving the centres.
    Taking the farthest centre makes that sum as large as it can be; the centres become means of rows that have nothing
    in common and drift towards the middle, and with several centres the labels hardly ever settle.
    """

    symptoms = {
        "Clear groups come out mixed, and rows sit with a center that is not the nearest.": (
            "clear groups are not found & rows are not with their nearest center"
        ),
    }
    hints = (
        "Assign the centres themselves. Which label does each one get?",
        "Record the inertia after every round. It must never rise.",
        "Which entry of a row of distances is the right one, and which one is taken?",
    )
    follow_ups = {
        "Do squared distances give other labels than distances do?": (
            "No: the root keeps the order, so the labels are the same, and the squares save the root."
        ),
        "When is argmax the right choice?": (
            "For similarities: cosine, inner products, or the responsibilities of a mixture model."
        ),
    }
    sources = ("github.com/hil-se/fds#40", "github.com/kuleshov/cornell-cs5785-2025-applied-ml#3")

    where = place.function(vocabulary.ASSIGNING) | place.statement(vocabulary.ASSIGNING)
    also_right = (
        Fix(
            "The largest of the negative distances is that of the nearest centre.",
            "np.argmax($d, axis=1)",
            "np.argmax(-$d, axis=1)",
        ),
        Fix(
            "Sorting all centres by distance does more work than is needed; the first one is the nearest.",
            "np.argmax($d, axis=1)",
            'np.argsort($d, axis=1, kind="stable")[:, 0]',
        ),
    )
    treats_symptom = (
        Fix(
            "Along the other axis each centre chooses a row, where each row should choose a centre.",
            "np.argmax($d, axis=1)",
            "np.argmin($d, axis=0)",
        ),
        Fix(
            "More rounds do not settle labels that are wrong in every round.",
            "range(self.n_iterations)",
            "range(10 * self.n_iterations)",
        ),
    )
    rewrites = (
        Rewrite("np.argmin($d, $*axis)", "np.argmax($d, $*axis)", d=TO_CENTER & ~ROW_SUM),
        Rewrite("min(range($k), key=lambda $j: $d)", "max(range($k), key=lambda $j: $d)", d=TO_CENTER),
    )
    examples = (
        Example("labels = distances.argmin(axis=1)", "labels = distances.argmax(axis=1)"),
        Example(
            "def assign(X, centers):\n    return np.argmin(squared_distances(X, centers), axis=1)\n",
            "def assign(X, centers):\n    return np.argmax(squared_distances(X, centers), axis=1)\n",
        ),
        Example(
            "cluster = np.argmin([np.linalg.norm(x - c) for c in centroids])",
            "cluster = np.argmax([np.linalg.norm(x - c) for c in centroids])",
        ),
        Example(
            "labels = np.argmin(((X[:, None] - centers) ** 2).sum(axis=2), axis=1)",
            "labels = np.argmax(((X[:, None] - centers) ** 2).sum(axis=2), axis=1)",
        ),
        Example(
            "label = min(range(k), key=lambda j: distance(x, centers[j]))",
            "label = max(range(k), key=lambda j: distance(x, centers[j]))",
        ),
    )
    untouched = (
        "best = np.argmin(losses)",
        "label = np.argmax(scores, axis=1)",
        "smallest = distances.min(axis=1)",
        "medoid_of_cluster = np.argmin(dist.sum(axis=1))",
        "gap = np.argmin(dist)",
    )
