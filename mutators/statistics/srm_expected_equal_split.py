"""The arms are expected to be of equal size, whatever shares were intended."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

SHARES = role.named(
    "share", "ratio", "split", "weight", "allocation", "fraction", "proportion", "traffic", "design", "expected_ratio"
)
TOTAL = role.like("np.sum($n)") | role.named("total", "n")


class SrmExpectedEqualSplit(Mutator):
    """The check of the sample ratio compares with halves, and not with the shares of the design.

    The check asks whether users were dealt out as intended; a p-value near 0 means that assignment or logging is
    broken. Compared with equal arms it asks another question. An experiment that gives one user in ten the new version
    fails it every time, and an assignment that by mistake gives everybody the same chance passes.
    """

    symptoms = {
        "The check sounds the alarm for every experiment that is not half and half.": "the p-value is wrong",
    }
    hints = (
        "Feed it the sizes 900 and 100 together with the shares 90 and 10. What should come out?",
        "For which designs does the check work? Try halves, then nine to one.",
        "A chi-squared test compares counts with what would be expected. The expectation has to come from the design "
        "of the experiment. Where does the design enter here, and does exchanging its two numbers change what is "
        "expected of each arm?",
    )
    follow_ups = {
        "Why is the threshold for this alarm usually 0.001 or less?": (
            "It is run for every experiment and every day, and an alarm stops everything. Real faults of assignment "
            "show with p-values far below that."
        ),
        "The check fails. May the metric be reweighted to the intended shares?": (
            "No. The missing users are seldom missing at random, so the arms are no longer comparable. Find the cause."
        ),
    }
    sources = ("github.com/mozilla/experimenter#16011",)

    where = place.target(vocabulary.EXPECTED)
    also_right = (
        Fix(
            "The shares may first be made to add up to 1, and then multiplied by the number of all users.",
            "$expected = np.sum($n) / len($shares)",
            "$expected = np.sum($n) * ($shares / np.sum($shares))",
        ),
    )
    treats_symptom = (
        Fix(
            "The shares as they come need not add up to 1, and then the expected numbers do not add up to the users.",
            "$expected = np.sum($n) / len($shares)",
            "$expected = np.sum($n) * $shares",
        ),
        Fix(
            "Expected numbers that are the observed ones never raise an alarm.",
            "$expected = np.sum($n) / len($shares)",
            "$expected = np.maximum($n, len($shares))",
        ),
    )
    rewrites = (
        Rewrite("$total * $r / np.sum($r)", "$total / len($r)", r=SHARES, total=TOTAL),
        Rewrite("$total * ($r / np.sum($r))", "$total / len($r)", r=SHARES, total=TOTAL),
        Rewrite("$total * $r", "$total / len($r)", r=SHARES, total=TOTAL, unless_within=("$a / np.sum($r)",)),
        Rewrite("[$total * $r for $r in $rs]", "[$total / len($rs)] * len($rs)", rs=SHARES),
    )
    examples = (
        Example("expected = counts.sum() * ratios", "expected = counts.sum() / len(ratios)"),
        Example(
            "expected = np.sum(observed) * weights / np.sum(weights)", "expected = np.sum(observed) / len(weights)"
        ),
        Example("expected = [total * w for w in weights]", "expected = [total / len(weights)] * len(weights)"),
    )
    untouched = (
        "expected = counts.sum() / 2",
        "score = values.sum() * weights",
        "expected = counts.sum() * probability",
        "expected = [total * p for p in probabilities]",
    )
