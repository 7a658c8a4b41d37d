"""The weights are made of the distances to the first rows, not to the neighbours."""

from bugforge import Example, Fix, Mutator, Rewrite, role

DISTANCES = role.named("d", "dist", "distance", "gap")


class WeightsOfOtherNeighbors(Mutator):
    """The first k distances in the order of the training rows are taken for the distances of the k nearest rows.

    Sorting gives indices and leaves the distances where they are. Cut to k, they belong to the rows that happen to
    stand first in the table, while targets are looked up by index and belong to the neighbours. A far neighbour may
    then get the weight of a near row. Shapes agree, and equal weights hide it.
    """

    symptoms = {
        "I sorted the training table by another column, and the predictions changed.": (
            "changes with the order of the rows"
        ),
    }
    hints = (
        "Change the order of the training rows, with their targets. Which answers may change?",
        "Compare equal weights with weights by distance: which of the two disagrees with a calculation by hand?",
        "For one query, write down beside each other the index of every neighbour, its target, its distance and its "
        "weight, all as the program has them. Each line should speak of a single row; look up where each of the four "
        "entries comes from.",
    )
    follow_ups = {
        "Which property of the model would a test check for this?": (
            "That an answer does not depend on the order in which the training rows are given, except at ties."
        ),
        "What else than indexing keeps distances and targets together?": (
            "Sorting pairs of distance and target, or a structured array: what is moved is then moved as a whole."
        ),
    }
    sources = ("github.com/RubixML/ML#419",)

    also_right = (
        Fix(
            "The k smallest distances in order are those of the neighbours, also where some are equal.",
            "$D[:, :self.k]",
            "np.sort($D, axis=1)[:, : self.k]",
        ),
        Fix(
            "The k smallest distances, sorted, stand in the order of the neighbours.",
            "weigh([dist[:self.k]], self.weights)",
            "weigh([np.sort(dist)[: self.k]], self.weights)",
        ),
    )
    treats_symptom = (
        Fix(
            "Put in order, they still are the distances of the first rows.",
            "$D[:, :self.k]",
            "np.sort($D[:, : self.k], axis=1)",
        ),
        Fix(
            "Sorted among themselves, the distances of the first rows belong to the neighbours as little as before.",
            "weigh([dist[:self.k]], self.weights)",
            "weigh([np.sort(dist[: self.k])], self.weights)",
        ),
    )
    rewrites = (
        Rewrite(
            "$near = $find($D, $k)\n$w = $weigh(np.take_along_axis($D, $near, axis=1), $*rest)",
            "$near = $find($D, $k)\n$w = $weigh($D[:, :$k], $*rest)",
            D=DISTANCES,
        ),
        Rewrite(
            "$near = $find($d, $k)\n$w = $weigh([$d[$near]], $*rest)[0]",
            "$near = $find($d, $k)\n$w = $weigh([$d[:$k]], $*rest)[0]",
            d=DISTANCES,
        ),
        Rewrite(
            "$near = np.argsort($d, $*how)[:$k]\n$w = 1 / $d[$near]",
            "$near = np.argsort($d, $*how)[:$k]\n$w = 1 / $d[:$k]",
            d=DISTANCES,
        ),
        Rewrite(
            "$near = np.argsort($d, $*how)[:$k]\n$w = 1 / ($d[$near] + $eps)",
            "$near = np.argsort($d, $*how)[:$k]\n$w = 1 / ($d[:$k] + $eps)",
            d=DISTANCES,
        ),
        Rewrite(
            "$near = np.argsort($d, $*how)[:$k]\n$w = $weigh($d[$near])",
            "$near = np.argsort($d, $*how)[:$k]\n$w = $weigh($d[:$k])",
            d=DISTANCES,
        ),
    )
    examples = (
        Example(
            "idx = np.argsort(dist)[:k]\nw = 1 / (dist[idx] + 1e-9)\n",
            "idx = np.argsort(dist)[:k]\nw = 1 / (dist[:k] + 1e-9)\n",
        ),
        Example(
            "near = nearest(D, k)\nshares = weigh(np.take_along_axis(D, near, axis=1))\n",
            "near = nearest(D, k)\nshares = weigh(D[:, :k])\n",
        ),
        Example(
            "nn = np.argsort(distances)[: self.k]\nweights = self.weighting(distances[nn])\n",
            "nn = np.argsort(distances)[: self.k]\nweights = self.weighting(distances[:self.k])\n",
        ),
    )
    untouched = (
        "top = np.argsort(scores)[:k]\nw = weigh(scores[top])\n",
        "w = 1 / dist[:k]",
        "idx = np.argsort(dist)[:k]\nlabels = y[idx]\n",
    )
