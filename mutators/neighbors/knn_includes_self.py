"""Each row is among its own nearest neighbours."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

OF_ROWS = role.has(role.call(vocabulary.DISTANCE)) | role.like(
    "np.sum($difference ** 2, $*how)", "np.sqrt(np.sum($difference ** 2, $*how))"
)
DISTANCES = role.named("d", "dist", "distance", "gap", "d2", "sq_dist", "dists") | OF_ROWS


class KnnIncludesSelf(Mutator):
    """A row of a set is not left out of the search for its neighbours in that set, and finds itself first.

    Its distance to itself is 0, so no other row can be nearer: one of the k neighbours is the row and k - 1 are others.
    Whatever is read from them is partly the row's own answer, and with k = 1, or with weights of 1 / distance, nothing
    else. A leave-one-out score of this kind measures memory. Queries from outside the set are not concerned: nothing
    may be left out for them.
    """

    symptoms = {
        "Leave-one-out promises more than I get on any new row.": "a row is its own neighbor & score too high",
        "With a single neighbor, rows that are left out are given their own label all the same.": (
            "a row is its own neighbor"
        ),
    }
    hints = (
        "Give every row a random label. How often may a row that is left out be answered correctly?",
        "Print the neighbours of the first row together with their distances, once as a new row and once as one of "
        "the set.",
        "The smallest entry in each row of a matrix of distances from a set to itself always stands at the same place. "
        "Which place is it, whose distance is it, and does anything keep the search away from it before the smallest "
        "entries are taken?",
    )
    follow_ups = {
        "Why not ask for k + 1 neighbours and drop the first?": (
            "With copies in the data the first one need not be the row itself: a copy is dropped, and the row stays. "
            "Exclude it by its index."
        ),
        "Does scikit-learn leave a row out of its own neighbours?": (
            "kneighbors() without an argument does, and returns the neighbours of the training rows among the others. "
            "kneighbors(X) with the same X does not: it takes them for new rows."
        ),
    }
    sources = ("github.com/aristoteleo/spateo-release#172",)

    where = ~place.function(vocabulary.LINKAGE)
    also_right = (
        Fix(
            "A matrix that is infinite on its diagonal and 0 elsewhere can be added to the distances.",
            "D = $distances\nreturn self._answers(D)",
            "D = $distances + np.diag(np.full(len(self.rows), np.inf))\nreturn self._answers(D)",
        ),
        Fix(
            "np.where puts an infinite distance at the row's own index as well.",
            "dist = $distances\nanswers.append($answer)",
            "dist = np.where(np.arange(self.n) == i, np.inf, $distances)\nanswers.append($answer)",
        ),
    )
    treats_symptom = (
        Fix(
            "Every distance of 0 is removed: copies of a row are rows of their own, and are lost with it.",
            "return self._answers(D)",
            "return self._answers(np.where(D == 0, np.inf, D))",
        ),
        Fix(
            "This leaves out the row itself together with all its copies, which are neighbours like others.",
            "answers.append(self._answer(dist))",
            "answers.append(self._answer(np.where(dist == 0, np.inf, dist)))",
        ),
    )
    rewrites = (
        Rewrite("np.fill_diagonal($D, np.inf)", "", D=DISTANCES),
        Rewrite("$d = $distances\n$d[$i] = np.inf", "$d = $distances", distances=OF_ROWS, i=role.NAME),
        Rewrite("np.argsort($d, $*how)[1:$k + 1]", "np.argsort($d, $*how)[:$k]", d=DISTANCES),
        Rewrite("np.argsort($D, $*how)[:, 1:$k + 1]", "np.argsort($D, $*how)[:, :$k]", D=DISTANCES),
    )
    examples = (
        Example(
            "def loo(X, y):\n    D = cdist(X, X)\n    np.fill_diagonal(D, np.inf)\n    return y[D.argmin(axis=1)]\n",
            "def loo(X, y):\n    D = cdist(X, X)\n    return y[D.argmin(axis=1)]\n",
        ),
        Example(
            "for i in range(n):\n    d = np.sqrt(((X - X[i]) ** 2).sum(axis=1))\n    d[i] = np.inf\n"
            "    out.append(y[d.argmin()])\n",
            "for i in range(n):\n    d = np.sqrt(((X - X[i]) ** 2).sum(axis=1))\n    out.append(y[d.argmin()])\n",
        ),
        Example(
            "neighbors = np.argsort(distances, axis=1)[:, 1:k + 1]",
            "neighbors = np.argsort(distances, axis=1)[:, :k]",
        ),
        Example("idx = np.argsort(dist)[1 : self.k + 1]", "idx = np.argsort(dist)[:self.k]"),
    )
    untouched = (
        "neighbors = np.argsort(distances, axis=1)[:, :k]",
        "dist[source] = np.inf",
        "def linkage(X):\n    D = cdist(X, X)\n    np.fill_diagonal(D, np.inf)\n    return D.argmin()\n",
        "np.fill_diagonal(kernel, 1.0)",
        "order = np.argsort(scores)[1:k + 1]",
    )
