"""Average precision is divided by the hits instead of by what could have been found."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

PRECISION = role.named("precision", "prec", "p", "p_at_k", "share")
HITS = role.named("hit", "rel", "relevant", "is_relevant", "correct", "is_hit")


class AveragePrecisionDenominator(Mutator):
    """The sum over the hits is averaged over the hits that were found, so what was not found costs nothing.

    Average precision is an area under the curve of precision over recall: every relevant candidate has a share in it,
    and one that is missing adds 0. Dividing by the number of hits takes the mean over the found ones alone. A ranking
    with one hit at the top and nine missed gets 1, and cutting off a weak tail raises the score.
    """

    symptoms = {
        "A query with one hit out of many is scored too well.": "a metric by hand is missed",
    }
    hints = (
        "Score a ranking that finds one of ten relevant candidates and puts it first.",
        "Add a relevant candidate to the query that the ranking does not find. Which numbers of the computation "
        "should change, and which do?",
        "The precisions at the hits are added up and then turned into an average. Over how many candidates is it meant "
        "to be taken? Compare two rankings of one query that agree in their first hit, of which one finds nothing "
        "more: the worse of them must not come out ahead.",
    )
    follow_ups = {
        "Which denominators are in use for a cut-off at k?": (
            "The number of all relevant candidates, or the smaller of it and k, with which a perfect top k scores 1. "
            "Libraries differ, so the choice has to be stated."
        ),
        "Why can the mistake hide in an evaluation?": (
            "Where the whole list is ranked every relevant candidate is a hit, and the two denominators are equal."
        ),
    }
    sources = ("github.com/deepset-ai/haystack#12255", "github.com/thuml/HashNet#25", "github.com/benhamner/Metrics#57")

    also_right = (
        Fix(
            "The smaller of the cut-off and the number of relevant candidates, at least 1, in one expression.",
            "np.maximum($hits.sum(axis=1), 1)",
            "np.clip(np.count_nonzero(grades > 0, axis=1), 1, k)",
        ),
        Fix(
            "Counted once more, relevant candidates that were not found are in the denominator, up to k of them.",
            "return total / max(found, 1)",
            "return total / min(k, sum(grade > 0 for grade in ranking))",
        ),
    )
    treats_symptom = (
        Fix(
            "All k places as the denominator punish queries that have fewer relevant candidates than places.",
            "np.maximum($hits.sum(axis=1), 1)",
            "$hits.shape[1]",
        ),
        Fix(
            "All places as the denominator are too many for a query with few relevant candidates.",
            "return total / max(found, 1)",
            "return total / k",
        ),
    )
    rewrites = (
        Rewrite(
            "np.sum($p * $hits, axis=1) / np.maximum($n, 1)",
            "np.sum($p * $hits, axis=1) / np.maximum($hits.sum(axis=1), 1)",
            function=vocabulary.AVERAGE_PRECISION,
            p=PRECISION,
            hits=HITS,
        ),
        Rewrite(
            "for $i, $x in $ranking:\n    if $c:\n        $found += 1\n        $total += $found / $place\n...\n"
            "return $total / min($n, $k) if $n > 0 else 0.0",
            "for $i, $x in $ranking:\n    if $c:\n        $found += 1\n        $total += $found / $place\n...\n"
            "return $total / $found if $found > 0 else 0.0",
        ),
        Rewrite(
            "for $i, $x in $ranking:\n    if $c:\n        $found += 1\n        $total += $found / $place\n...\n"
            "return $total / min($n, $k)",
            "for $i, $x in $ranking:\n    if $c:\n        $found += 1\n        $total += $found / $place\n...\n"
            "return $total / max($found, 1)",
        ),
        Rewrite(
            "for $i, $x in $ranking:\n    if $c:\n        $found += 1\n        $total += $found / $place\n...\n"
            "return $total / len($relevant)",
            "for $i, $x in $ranking:\n    if $c:\n        $found += 1\n        $total += $found / $place\n...\n"
            "return $total / max($found, 1)",
            relevant=role.VARIABLE,
        ),
    )
    examples = (
        Example(
            "def apk(actual, predicted, k):\n    hits, s = 0, 0.0\n    for i, p in enumerate(predicted[:k]):\n"
            "        if p in actual:\n            hits += 1\n            s += hits / (i + 1)\n"
            "    return s / min(len(actual), k)\n",
            "def apk(actual, predicted, k):\n    hits, s = 0, 0.0\n    for i, p in enumerate(predicted[:k]):\n"
            "        if p in actual:\n            hits += 1\n            s += hits / (i + 1)\n"
            "    return s / max(hits, 1)\n",
        ),
        Example(
            "def average_precision(hits, n_rel):\n    precision = np.cumsum(hits, axis=1) / ranks\n"
            "    return (precision * hits).sum(axis=1) / np.maximum(n_rel, 1)\n",
            "def average_precision(hits, n_rel):\n    precision = np.cumsum(hits, axis=1) / ranks\n"
            "    return (precision * hits).sum(axis=1) / np.maximum(hits.sum(axis=1), 1)\n",
        ),
        Example(
            "def mean_ap(ranking, gold):\n    found = total = 0\n    for place, doc in enumerate(ranking, 1):\n"
            "        if doc in gold:\n            found += 1\n            total += found / place\n"
            "    return total / len(gold)\n",
            "def mean_ap(ranking, gold):\n    found = total = 0\n    for place, doc in enumerate(ranking, 1):\n"
            "        if doc in gold:\n            found += 1\n            total += found / place\n"
            "    return total / max(found, 1)\n",
        ),
    )
    untouched = (
        "def recall(hits, n):\n    return hits.sum(axis=1) / np.maximum(n, 1)\n",
        "def weighted(p, hits, n):\n    return np.sum(p * hits, axis=1) / np.maximum(n, 1)\n",
        "def ap(ranking):\n    for i, x in ranking:\n        if x:\n            n += 1\n            s += n\n"
        "    return s / min(n, 3)\n",
    )
