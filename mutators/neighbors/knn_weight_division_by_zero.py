"""Weights of 1 / distance are taken at a distance of 0 as well."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

DISTANCE = role.named("d", "dist", "dists", "distance", "gap", "delta_d", "radius")


class KnnWeightDivisionByZero(Mutator):
    """A neighbour at the very place of the query gets an infinite weight, and the weighted answer is NaN.

    1 / 0 is infinite, and infinity divided by a sum with infinity in it is NaN. Far from rare: queries repeat rows of
    the training set in every table with duplicates or with few distinct values. The limit of the formula is clear, the
    answer is that of the rows at distance 0 alone, but the machine does not take limits.
    """

    symptoms = {
        "Now and then numpy warns of a division, and only in special cases do results come out wrong.": (
            "warns & only at an edge case"
        ),
    }
    hints = (
        "Ask for the answer at the place of one of the rows that were fitted.",
        "Turn numpy's warnings into errors, and see for which distances the first of them is raised.",
        "The weight grows without limit as a neighbour comes near. Follow the largest weight that can arise here into "
        "the sum that it is divided by, and write down what the machine makes of that quotient.",
    )
    follow_ups = {
        "What does a small constant under the fraction do instead?": (
            "It bounds the weight. A row at distance 0 then nearly decides alone, as long as the constant is small "
            "against the other distances, whose weights it changes a little too."
        ),
        "Why may it go unnoticed in a classifier?": (
            "Comparing infinite sums still finds the right label while only one label has an infinite sum. It is the "
            "division by the total that makes NaN of it, and two labels at the same place that make a tie."
        ),
    }
    sources = (
        "github.com/scikit-learn/scikit-learn#3760",
        "github.com/iskandr/knnimpute#3",
        "github.com/eltonlaw/impyute#79",
    )

    where = place.named(vocabulary.WEIGHING) | place.statement(vocabulary.VOTING)
    also_right = (
        Fix(
            "Rows with a distance of 0 can be told first, and their inverse replaced by who is at 0.",
            "return 1 / gaps",
            "return np.where((gaps == 0).any(axis=1)[:, None], gaps == 0, 1 / np.maximum(gaps, 1e-300))",
        ),
        Fix(
            "The smallest distance over each of them gives the same shares, once 0 / 0 is answered for.",
            "w = 1 / dist",
            "w = 1 / dist if dist.min() > 0 else np.equal(dist, 0).astype(float)",
        ),
    )
    treats_symptom = (
        Fix(
            "Zeros in place of NaN take away all weight from the rows that should have all of it.",
            "return 1 / gaps",
            "return np.where(gaps > 0, 1 / np.where(gaps > 0, gaps, 1), 0)",
        ),
        Fix(
            "A constant of this size lets near rows share in what belongs to the row at distance 0.",
            "return 1 / gaps",
            "return 1 / (gaps + 0.001)",
        ),
        Fix(
            "A neighbour at distance 0 is left without any weight instead of taking it all.",
            "w = 1 / dist",
            "w = np.divide(1, dist, out=np.zeros_like(dist), where=dist > 0)",
        ),
    )
    rewrites = (
        Rewrite("$e = $d == 0\n$w = np.where($e.any($*how), $e, 1 / np.where($e, $one, $d))", "$w = 1 / $d"),
        Rewrite("$e = $d == 0\nreturn np.where($e.any($*how), $e, 1 / np.where($e, $one, $d))", "return 1 / $d"),
        Rewrite("$e = $d == 0\n$w = $e.astype(float) if $e.any() else 1 / $d", "$w = 1 / $d"),
        Rewrite("1 / ($d + $eps)", "1 / $d", d=DISTANCE, eps=role.EPSILON),
        Rewrite("1 / np.maximum($d, $eps)", "1 / $d", d=DISTANCE, eps=role.EPSILON),
        Rewrite("1 / max($d, $eps)", "1 / $d", d=DISTANCE, eps=role.EPSILON),
        Rewrite("1 / np.clip($d, $eps, None)", "1 / $d", d=DISTANCE, eps=role.EPSILON),
    )
    examples = (
        Example("w = 1 / (dist + 1e-9)", "w = 1 / dist"),
        Example("weights = 1.0 / np.maximum(distances[nearest], eps)", "weights = 1.0 / distances[nearest]"),
        Example(
            "def weigh(d):\n    here = d == 0\n    w = here.astype(float) if here.any() else 1 / d\n",
            "def weigh(d):\n    w = 1 / d\n",
        ),
        Example(
            "def raw_weights(gaps):\n    zero = gaps == 0\n"
            "    return np.where(zero.any(axis=1, keepdims=True), zero, 1 / np.where(zero, 1.0, gaps))\n",
            "def raw_weights(gaps):\n    return 1 / gaps\n",
        ),
        Example("votes[label] += 1 / (distance + self.epsilon)", "votes[label] += 1 / distance"),
    )
    untouched = (
        "precision = tp / (tp + fp + 1e-9)",
        "rate = 1 / (1 + decay * step)",
        "w = 1 / (variance + 1e-9)",
        "similarity = 1 / (1 + distance)",
        "force = 1 / (dist + 1e-6)",
    )
