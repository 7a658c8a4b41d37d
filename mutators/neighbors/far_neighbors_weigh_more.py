"""Neighbours are weighted by their distance instead of its inverse."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

DISTANCE = role.named("d", "dist", "distance", "gap")


class FarNeighborsWeighMore(Mutator):
    """The weight of a neighbour grows with its distance, so the farthest of the k speaks loudest.

    Weights exist to let near rows count for more than far ones. Proportional to the distance they do the reverse, and
    do it quietly: they are positive, add up to 1 after division by their sum, and are as good as any while the k
    neighbours lie at similar distances. Equal weights would be the better choice then.
    """

    symptoms = {
        "A neighbor close by counts for less than one far away.": "votes are counted otherwise",
    }
    hints = (
        "Take two neighbours at distances 1 and 10. Which share should each of them have, roughly?",
        "Move one neighbour away from the query, step by step, and watch its share of the total.",
        "Is the number that every target is multiplied by large for near rows or for far ones? Follow a small and a "
        "large distance through the weighting line by line, and note where their order ought to be turned round.",
    )
    follow_ups = {
        "Which other weights fall with the distance?": (
            "A Gaussian or another kernel of the distance, which stays finite at 0 and has a width to choose, or "
            "weights that fall linearly to 0 at the (k + 1)-th neighbour."
        ),
        "Why may a test with one neighbour or with equal distances not find this?": (
            "After division by the sum a single weight is 1 and equal ones are 1 / k, whatever function of the "
            "distance they come from."
        ),
    }
    sources = ("github.com/eltonlaw/impyute#53",)

    where = place.named(vocabulary.WEIGHING) | place.statement(vocabulary.VOTING)
    also_right = (
        Fix(
            "A power of -1 is the inverse, taken where no distance is 0.",
            "np.where(exact.any(axis=1, keepdims=True), exact, gaps)",
            "np.where(exact.any(axis=1, keepdims=True), exact, np.where(exact, 1, gaps) ** -1.0)",
        ),
        Fix(
            "The smallest distance over each of them differs from the inverse by a factor that the sum takes out.",
            "touching.astype(float) if touching.any() else dist",
            "touching.astype(float) if touching.any() else dist.min() / dist",
        ),
    )
    treats_symptom = (
        Fix(
            "Subtracting from something larger turns the order round, and keeps none of the proportions.",
            "np.where(exact.any(axis=1, keepdims=True), exact, gaps)",
            "np.where(exact.any(axis=1, keepdims=True), exact, gaps.max() + 1 - gaps)",
        ),
        Fix(
            "An exponential falls with the distance as well, and is not in inverse proportion to it.",
            "touching.astype(float) if touching.any() else dist",
            "touching.astype(float) if touching.any() else np.exp(-dist)",
        ),
    )
    rewrites = (
        Rewrite("1 / $d", "$d", d=DISTANCE),
        Rewrite("1 / ($d + $eps)", "$d", d=DISTANCE, eps=role.EPSILON),
        Rewrite("1 / np.maximum($d, $eps)", "$d", d=DISTANCE, eps=role.EPSILON),
        Rewrite("1 / np.where($e, $one, $d)", "$d", d=DISTANCE, one=role.number(1)),
    )
    examples = (
        Example("def weigh(dist):\n    return 1 / dist\n", "def weigh(dist):\n    return dist\n"),
        Example("weights = 1 / (distances[nearest] + 1e-9)", "weights = distances[nearest]"),
        Example(
            "w = here.astype(float) if here.any() else 1 / d\n",
            "w = here.astype(float) if here.any() else d\n",
        ),
    )
    untouched = (
        "similarity = 1 / (1 + distance)",
        "weights = np.exp(-distances)",
        "speed = 1 / dist",
        "def inverse_learning_rate(distance):\n    return 1 / distance\n",
        "w = 1 / variance",
    )
