"""Every look at the data is judged at the level that was meant for all looks together."""

from bugforge import Example, Fix, Mutator, Rewrite, role

P_VALUE = role.named("p", "p_value", "pvalue", "pval", "p_val", "ps") | role.like(
    "$result['p_value']", "$result.pvalue", "$result.p_value"
)
LOOKS = role.named("looks", "n_looks", "planned", "peeks", "n_peeks", "stages", "interim", "checks", "max_looks")
LEVEL = role.named("alpha", "level", "significance", "sig_level")


class OptionalStopping(Mutator):
    """An experiment that is looked at again and again stops at the first p-value below the undivided level.

    Each look is another chance to be wrong, and an experiment that may stop at any of them takes the first that comes.
    With ten looks at 5 % about every fifth experiment without an effect ends as a success, with a hundred more than
    every third. Dividing the level by the number of looks keeps the chance of a single false alarm within it,
    whatever the looks have in common.
    """

    symptoms = {
        "It stops at looks at which it should go on.": "other hypotheses are rejected",
    }
    hints = (
        "Run a thousand experiments in which both arms are the same. How many of them end with a winner?",
        "How does the share of false alarms change when you look ten times instead of once?",
        "The level is a promise about the whole experiment, made before the first look. Find out what a single look "
        "may spend of it so that the promise holds after the last one, and compare with what each look is allowed "
        "here.",
    )
    follow_ups = {
        "Bonferroni treats the looks as if they had nothing in common. What does that cost?": (
            "Power: successive looks share most of their data, so less correction would do. Boundaries such as "
            "Pocock's or O'Brien and Fleming's use the correlation."
        ),
        "Why must the number of looks be planned beforehand?": (
            "Who divides by the looks taken so far spends the whole level at the first one and more at each that "
            "follows. An alpha-spending function fixes the shares by the fraction of the data instead."
        ),
    }
    sources = (
        "github.com/CamDavidsonPilon/Probabilistic-Programming-and-Bayesian-Methods-for-Hackers#227",
        "github.com/bucketeer-io/bucketeer#2664",
    )

    also_right = (
        Fix(
            "A p-value times the number of looks against the level is the same comparison.",
            "if $r['p_value'] < $alpha:\n    return look + 1",
            "if planned * $r['p_value'] < $alpha:\n    return look + 1",
        ),
        Fix(
            "Dividing the level is the same as multiplying the p-value.",
            "if $r['p_value'] < $alpha:\n    return look",
            "if $r['p_value'] < $alpha / planned:\n    return look",
        ),
    )
    treats_symptom = (
        Fix(
            "Divided by the looks so far, the first look has the whole level to spend.",
            "if $r['p_value'] < $alpha:\n    return look + 1",
            "if $r['p_value'] < $alpha / (look + 1):\n    return look + 1",
        ),
        Fix(
            "The number of the look is not the number of looks: the first one is not corrected at all.",
            "if $r['p_value'] < $alpha:\n    return look",
            "if look * $r['p_value'] < $alpha:\n    return look",
        ),
    )
    rewrites = (
        Rewrite("$p < $alpha / $looks", "$p < $alpha", p=P_VALUE, alpha=LEVEL, looks=LOOKS),
        Rewrite("$p <= $alpha / $looks", "$p <= $alpha", p=P_VALUE, alpha=LEVEL, looks=LOOKS),
        Rewrite("$looks * $p < $alpha", "$p < $alpha", p=P_VALUE, alpha=LEVEL, looks=LOOKS),
        Rewrite("$looks * $p <= $alpha", "$p <= $alpha", p=P_VALUE, alpha=LEVEL, looks=LOOKS),
        Rewrite("$ps[-1] < $alpha", "any(p < $alpha for p in $ps)", ps=P_VALUE, alpha=LEVEL | role.number()),
    )
    examples = (
        Example(
            "for day, p in enumerate(p_values):\n    if p < alpha / n_looks:\n        break\n",
            "for day, p in enumerate(p_values):\n    if p < alpha:\n        break\n",
        ),
        Example("stop = self.looks * p_value <= self.alpha", "stop = p_value <= self.alpha"),
        Example(
            "def decide(p_values):\n    return p_values[-1] < 0.05\n",
            "def decide(p_values):\n    return any(p < 0.05 for p in p_values)\n",
        ),
    )
    untouched = (
        "rejected = p < alpha / len(p_values)",
        "if p < alpha:\n    stop = True\n",
        "small = width < alpha / looks",
        "last = losses[-1] < level",
    )
