"""The change is divided by where it ended instead of where it started."""

from bugforge import Example, Fix, Mutator, Rewrite, place, vocabulary

LIFTS = place.named(vocabulary.LIFT)


class LiftRelativeToTreatment(Mutator):
    """The lift is given in relation to the treatment's mean and not to the control's.

    A lift says by how much the new version changes what the old one had, so the old value is the whole. In relation to
    the new one, gains look smaller and losses larger: from 10 to 15 becomes a third instead of a half, from 10 to 5
    minus 100 % instead of minus 50. Small changes hardly differ, which is why it goes unnoticed in most experiments.
    """

    symptoms = {
        "From 10 to 20 should be a lift of 100 %, and it tells me 50.": "a metric by hand is missed",
    }
    hints = (
        "Which lift should be reported when the control has 10 and the treatment 15?",
        "What is the largest lift that this program could ever report, however good the treatment is?",
        "A relative change answers: how many per cent of what? Say in words which of the two means stands for the "
        "hundred per cent, then look up which one the difference is divided by. A doubling is a good example to "
        "check it with.",
    )
    follow_ups = {
        "Why is the interval of a lift wider than that of the difference over the control's mean?": (
            "The control's mean is an estimate as well. The delta method adds its variance times the square of the "
            "ratio of the means."
        ),
        "What happens to a lift where the control's mean is near 0?": (
            "It explodes, its distribution gets heavy tails and the normal interval fails. Report the difference, or "
            "use Fieller's interval."
        ),
    }
    sources = ("github.com/guillermo-navas-palencia/cprior#8",)

    where = LIFTS
    also_right = (
        Fix(
            "The ratio of the means less 1 is the change in relation to the first.",
            "$lift = ($new - $base) / $new",
            "$lift = $new / $base - 1",
        ),
        Fix(
            "A ratio less 1 says the same.",
            "$d = $new - $base\n$lift = $d / $new",
            "$d = $new - $base\n$lift = $new / $base - 1",
        ),
    )
    treats_symptom = (
        Fix(
            "The mean of both means makes gains and losses symmetric, and neither is a share of the control.",
            "$lift = ($new - $base) / $new",
            "$lift = 2 * ($new - $base) / ($new + $base)",
        ),
        Fix(
            "Relative to the middle a doubling is 67 %.",
            "$d = $new - $base\n$lift = $d / $new",
            "$d = $new - $base\n$lift = 2 * $d / ($new + $base)",
        ),
    )
    rewrites = (
        Rewrite("($new - $base) / $base", "($new - $base) / $new"),
        Rewrite("$new / $base - 1", "1 - $base / $new"),
        Rewrite("$d = $new - $base\n$lift = $d / $base", "$d = $new - $base\n$lift = $d / $new"),
    )
    examples = (
        Example("lift = (treatment - control) / control", "lift = (treatment - control) / treatment"),
        Example(
            "def relative_uplift(a, b):\n    return b.mean() / a.mean() - 1\n",
            "def relative_uplift(a, b):\n    return 1 - a.mean() / b.mean()\n",
        ),
        Example(
            "def summary(p0, p1):\n    delta = p1 - p0\n    lift = delta / p0\n    return delta, lift\n",
            "def summary(p0, p1):\n    delta = p1 - p0\n    lift = delta / p1\n    return delta, lift\n",
        ),
    )
    untouched = (
        "error = (predicted - actual) / actual",
        "lift = confidence / support",
        "lift = (treatment - control) / pooled",
        "z = (x - mu) / sigma",
    )
