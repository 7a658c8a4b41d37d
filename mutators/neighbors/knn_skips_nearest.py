"""The nearest neighbour is left out, as if it were the query itself."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

DISTANCES = role.named("d", "dist", "distance", "gap", "d2", "sq_dist") | role.has(role.call(vocabulary.DISTANCE))


class KnnSkipsNearest(Mutator):
    """The first entry of every ranking of distances is dropped, and the neighbours are the second to the (k + 1)-th.

    That is a habit from searching a set for neighbours of its own rows, where the first hit is the row itself. Here
    nothing of the kind stands first: queries are new rows, or a row's distance to itself is dealt with elsewhere. So
    the best neighbour is thrown away and one that is not among the k nearest takes its place.
    """

    symptoms = {
        "The nearest row of all is missing from the list of neighbors.": "other neighbors are found",
    }
    hints = (
        "Let one training row lie right beside the query, and look for it among the neighbours that are used.",
        "With a single neighbour the model should give the target of the nearest row. Whose target does it give?",
        "Count along one sorted row of distances: which positions are taken, which one is the first of them, and what "
        "would have to be true of the entry before it for that to be right? Then ask whether the callers make it so.",
    )
    follow_ups = {
        "When is it right to drop the first hit?": (
            "When the queries are the stored rows themselves, the search does not exclude them, and no two rows are "
            "equal. With copies the first hit may be the copy, so excluding by index is safer."
        ),
        "Why is the loss of accuracy often small?": (
            "The (k + 1)-th neighbour mostly lies in the same region and carries the same label; it shows for small k, "
            "with weights by distance, and where the query repeats a stored row."
        ),
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "A full stable sort cut at k, taken as a list of columns from 0 on, begins with the nearest.",
            'np.argsort(D, axis=1, kind="stable")[:, 1:k + 1]',
            'np.take(np.argsort(D, axis=1, kind="stable"), np.arange(k), axis=1)',
        ),
    )
    treats_symptom = (
        Fix(
            "The nearest is back, and one neighbour too many is used with it.",
            'np.argsort(D, axis=1, kind="stable")[:, 1:k + 1]',
            'np.argsort(D, axis=1, kind="stable")[:, : k + 1]',
        ),
        Fix(
            "The end of the range moves, and its beginning still leaves out the nearest.",
            'np.argsort(D, axis=1, kind="stable")[:, 1:k + 1]',
            'np.argsort(D, axis=1, kind="stable")[:, 1:k]',
        ),
    )
    rewrites = (
        Rewrite("np.argsort($D, $*how)[:, :$k]", "np.argsort($D, $*how)[:, 1:$k + 1]", D=DISTANCES),
        Rewrite("np.argsort($d, $*how)[:$k]", "np.argsort($d, $*how)[1:$k + 1]", d=DISTANCES),
        Rewrite("sorted($pairs, $*how)[:$k]", "sorted($pairs, $*how)[1:$k + 1]", pairs=DISTANCES),
    )
    examples = (
        Example("idx = np.argsort(distances)[:k]", "idx = np.argsort(distances)[1:k + 1]"),
        Example("near = np.argsort(dist, axis=1)[:, :self.k]", "near = np.argsort(dist, axis=1)[:, 1:self.k + 1]"),
        Example("neighbors = sorted(distances)[:n_neighbors]", "neighbors = sorted(distances)[1:n_neighbors + 1]"),
    )
    untouched = (
        "near = np.argsort(distances)[1:k + 1]",
        "top = np.argsort(-scores)[:k]",
        "first = sorted(words)[:k]",
        "row = distances[:k]",
    )
