"""Every one of many hypotheses is judged at the level that was meant for all of them."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

LEVEL = role.named("alpha", "level", "significance", "sig_level", "fwer") | role.number(0.05, 0.01, 0.1)
P_VALUES = role.named("p", "p_value", "pvalue", "pval", "p_val", "ps")


class NoMultipleComparisonCorrection(Mutator):
    """The level is not divided by the number of hypotheses, and so each of them may be a false alarm with that chance.

    A procedure for many hypotheses promises how often there is a false rejection anywhere among them. Twenty metrics
    that nothing has moved have twenty chances: at 5 % each, some metric comes out significant in two of three
    experiments. Whoever then reports that metric alone reports luck.
    """

    symptoms = {
        "It rejects a hypothesis that on paper is far from its bound.": "other hypotheses are rejected",
    }
    hints = (
        "Take twenty hypotheses that are all true and simulate. How often is none of them rejected?",
        "Pass one p-value of 0.03, and then the same p-value beside nine large ones. Should the answer for it be the "
        "same?",
        "Say in one sentence what the level is the chance of: a mistake about this one hypothesis, or a mistake "
        "anywhere in the family. Then look at the comparison with the level, and see whether it would notice if the "
        "family had a hundred members instead of one.",
    )
    follow_ups = {
        "How does the chance of a false alarm grow with the number of tests?": (
            "For m independent tests it is 1 - (1 - alpha)^m: 40 % for ten at 5 %, 64 % for twenty."
        ),
        "Does Bonferroni need independent tests?": (
            "No. It rests on the sum of the chances, which bounds the chance of any of them whatever their "
            "dependence. With strong dependence it is merely stricter than it had to be."
        ),
    }
    sources = ("github.com/maccman/abba#3",)

    where = place.function(vocabulary.FAMILYWISE)
    also_right = (
        Fix(
            "A p-value times the number of hypotheses against the level is the same comparison.",
            "return $p <= alpha",
            "return $p * $p.size <= alpha",
        ),
        Fix(
            "How many are left is the number of all less those that come before.",
            "$passing = $sorted <= alpha",
            "$passing = $sorted <= alpha / (len(p) - np.arange(len(p)))",
        ),
    )
    treats_symptom = (
        Fix(
            "A fixed smaller level is right for one number of hypotheses.",
            "return $p <= alpha",
            "return $p <= alpha / 10",
        ),
        Fix(
            "Half the level for each is still too much for more than two.",
            "$passing = $sorted <= alpha",
            "$passing = $sorted <= alpha / 2",
        ),
    )
    rewrites = (
        Rewrite("$p <= $alpha / len($p)", "$p <= $alpha", p=P_VALUES, alpha=LEVEL),
        Rewrite("$p < $alpha / len($p)", "$p < $alpha", p=P_VALUES, alpha=LEVEL),
        Rewrite("$p <= $alpha / $m", "$p <= $alpha", p=P_VALUES, alpha=LEVEL, m=role.COUNT),
        Rewrite("$p < $alpha / $m", "$p < $alpha", p=P_VALUES, alpha=LEVEL, m=role.COUNT),
        Rewrite("len($p) * $p <= $alpha", "$p <= $alpha", p=P_VALUES, alpha=LEVEL),
        Rewrite("len($p) * $p < $alpha", "$p < $alpha", p=P_VALUES, alpha=LEVEL),
        Rewrite("$p[$order] <= $alpha / $left", "$p[$order] <= $alpha", p=P_VALUES, alpha=LEVEL, left=role.CALL),
    )
    examples = (
        Example(
            "def bonferroni(p, alpha):\n    return p < alpha / len(p)\n",
            "def bonferroni(p, alpha):\n    return p < alpha\n",
        ),
        Example(
            "def correct_pvalues(pvals):\n    m = len(pvals)\n    return [p <= 0.05 / m for p in pvals]\n",
            "def correct_pvalues(pvals):\n    return [p <= 0.05 for p in pvals]\n",
        ),
        Example(
            "def bonferroni_reject(self, p_values):\n    return len(p_values) * p_values <= self.alpha\n",
            "def bonferroni_reject(self, p_values):\n    return p_values <= self.alpha\n",
        ),
    )
    untouched = (
        "def halves(p, alpha):\n    return p < alpha / 2\n",
        "def bonferroni(x, width):\n    return x < width / len(x)\n",
        "def stop(p, alpha, looks):\n    return p < alpha / looks\n",
    )
