"""The ideal ranking is made of what was retrieved, not of all candidates."""

from bugforge import Example, Fix, Mutator, Rewrite, role

RANKED = role.NAME


class IdcgFromRetrievedOrder(Mutator):
    """The ideal order is looked for among the places that the ranking has filled, instead of among all candidates.

    nDCG relates a ranking to the best one that was possible. The best one takes the highest grades of all candidates of
    the query, found or not. If only the retrieved ones are put in order, a ranking that misses every good candidate is
    compared with another that misses them as well, and nothing but the order inside of the cut-off is judged.
    """

    symptoms = {
        "The normalised gain is close to 1 although the best candidates are not among the results.": (
            "a metric by hand is missed"
        ),
    }
    hints = (
        "Of two good candidates let the ranking show one, at the top, and have the other behind the cut-off. What "
        "should it score?",
        "The score is a ratio. For one query that is badly served, compute numerator and denominator by themselves. "
        "Which of the two is not what you expected?",
        "The denominator belongs to the query, not to the ranking: two rankings of the same candidates are measured "
        "against the same best order. Rank one query in two ways that share no candidate among their first places, and "
        "compare their denominators. Which grades would the best possible ranking show at its top?",
    )
    follow_ups = {
        "When do both ideals lead to the same score?": (
            "When the cut-off leaves nobody out, when the ranking has found the best candidates in any order, and when "
            "it has found none of any worth, if 0 by 0 counts as 0."
        ),
        "What if the grades of candidates that were not retrieved are unknown?": (
            "Then nDCG is a guess: graded pools are made from the results of several systems, and what nobody judged "
            "counts as 0. Say so beside the number."
        ),
    }
    sources = ("github.com/karlhigley/ranking-metrics-torch#1",)

    also_right = (
        Fix(
            "An ascending sort read backwards is the same ideal, once it starts from all grades.",
            "-np.sort(-ranked, axis=1)",
            "np.sort(grades, axis=1)[:, ::-1][:, :k]",
        ),
        Fix(
            "The whole ranking sorted upwards and read from its end begins with the largest grades.",
            "ideal = sorted(ranking[:k], reverse=True)",
            "ideal = sorted(ranking)[::-1][:k]",
        ),
    )
    treats_symptom = (
        Fix(
            "An ideal of nothing but the highest grade is out of reach where fewer candidates have it.",
            "-np.sort(-ranked, axis=1)",
            "np.repeat(grades.max(axis=1, keepdims=True), k, axis=1)",
        ),
        Fix(
            "Without a sort the ideal is the ranking itself, and everything scores 1.",
            "sorted(ranking[:k], reverse=True)",
            "list(ranking[:k])",
        ),
    )
    rewrites = (
        Rewrite(
            "$found = np.take_along_axis($g, $order, axis=1)\n$ideal = -np.sort(-$g, axis=1)[:, :$k]",
            "$found = np.take_along_axis($g, $order, axis=1)\n$ideal = -np.sort(-$found, axis=1)",
        ),
        Rewrite(
            "$found = np.take_along_axis($g, $order, axis=1)\n$ideal = np.sort($g, axis=1)[:, ::-1][:, :$k]",
            "$found = np.take_along_axis($g, $order, axis=1)\n$ideal = np.sort($found, axis=1)[:, ::-1]",
        ),
        Rewrite(
            "$found = $g[$order[:$k]]\n$ideal = np.sort($g)[::-1][:$k]",
            "$found = $g[$order[:$k]]\n$ideal = np.sort($found)[::-1]",
        ),
        Rewrite(
            "$ideal = sorted($r, reverse=True)\n$best = $dcg($ideal[:$k])\n"
            "return $dcg($r[:$k]) / $best if $best > 0 else 0.0",
            "$ideal = sorted($r[:$k], reverse=True)\n$best = $dcg($ideal)\n"
            "return $dcg($r[:$k]) / $best if $best > 0 else 0.0",
            r=RANKED,
        ),
        Rewrite(
            "$dcg($r[:$k]) / $dcg(sorted($r, reverse=True)[:$k])",
            "$dcg($r[:$k]) / $dcg(sorted($r[:$k], reverse=True))",
            r=RANKED,
        ),
    )
    examples = (
        Example(
            "top = np.take_along_axis(rel, order[:, :k], axis=1)\nbest = np.sort(rel, axis=1)[:, ::-1][:, :k]\n",
            "top = np.take_along_axis(rel, order[:, :k], axis=1)\nbest = np.sort(top, axis=1)[:, ::-1]\n",
        ),
        Example(
            "score = dcg(rels[:k]) / dcg(sorted(rels, reverse=True)[:k])",
            "score = dcg(rels[:k]) / dcg(sorted(rels[:k], reverse=True))",
        ),
        Example(
            "gains = rel[order[:n]]\nideal = np.sort(rel)[::-1][:n]\n",
            "gains = rel[order[:n]]\nideal = np.sort(gains)[::-1]\n",
        ),
        Example(
            "seen = np.take_along_axis(y, best, axis=1)\nideal = -np.sort(-y, axis=1)[:, :n]\n",
            "seen = np.take_along_axis(y, best, axis=1)\nideal = -np.sort(-seen, axis=1)\n",
        ),
    )
    untouched = (
        "top = sorted(values, reverse=True)[:k]",
        "near = np.take_along_axis(D, order, axis=1)\nfar = -np.sort(-E, axis=1)[:, :k]\n",
        "score = dcg(ranked) / dcg(sorted(truth, reverse=True)[:k])",
    )
