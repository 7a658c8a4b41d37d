"""The false discovery rate is controlled from the smallest p-value upwards, up to the first that misses its bound."""

from bugforge import Example, Fix, Mutator, Rewrite, place, vocabulary


class BhStopsAtFirstFailure(Mutator):
    """The search ends at the first p-value above its bound, where the largest rank that keeps its bound is wanted.

    Benjamini and Hochberg's procedure steps up: whatever lies below the largest rank that keeps its bound is a
    discovery, including p-values that miss their own. The false discovery rate is that of the whole set, and a larger
    set may have more false members. Stopping at the first miss is the rule of Holm with other bounds; it holds the
    rate as well, and throws discoveries away.
    """

    symptoms = {
        "The library makes more discoveries than this, on the same p-values.": "other hypotheses are rejected",
    }
    hints = (
        "Try p-values of which the second misses its bound and the third keeps it.",
        "Draw the sorted p-values and the line of their bounds. How often can the points cross the line, and which "
        "crossing counts?",
        "A procedure for many hypotheses may walk from the most significant one towards the least, or the other way. "
        "Decide for this rate which way it walks, and what the first p-value that meets its bound, or misses it, says "
        "about all those that have not been looked at yet.",
    )
    follow_ups = {
        "Why may a p-value above its own bound be a discovery?": (
            "Its bound asks whether the set that ends with it has a small enough share of false ones. A larger set "
            "that passes answers for all its members."
        ),
        "What does the procedure need of the dependence between tests?": (
            "Independence or positive dependence. For any dependence Benjamini and Yekutieli divide the bounds by the "
            "sum of 1 / i."
        ),
    }
    sources = ("github.com/pwollstadt/IDTxl#109", "github.com/AdmiralenOla/Scoary#5")

    where = place.function(vocabulary.DISCOVERY_RATE)
    also_right = (
        Fix(
            "From the end on, a rank counts as soon as any rank from it upwards keeps its bound.",
            "$rejected[$order] = np.logical_and.accumulate($kept)",
            "$rejected[$order] = np.logical_or.accumulate(($kept)[::-1])[::-1]",
        ),
        Fix(
            "Every rank that keeps its bound rejects all up to it, so the last of them decides.",
            "if $p[$order[$rank - 1]] > $bound:\n    break\n$rejected[$order[$rank - 1]] = True",
            "if $p[$order[$rank - 1]] <= $bound:\n    $rejected[$order[:$rank]] = True",
        ),
    )
    treats_symptom = (
        Fix(
            "Each p-value for itself finds the later ones, and leaves holes where one misses its own bound.",
            "$rejected[$order] = np.logical_and.accumulate($kept)",
            "$rejected[$order] = $kept",
        ),
        Fix(
            "Going on after a miss finds the later ones and leaves holes below them.",
            "if $p[$order[$rank - 1]] > $bound:\n    break\n$rejected[$order[$rank - 1]] = True",
            "if $p[$order[$rank - 1]] > $bound:\n    continue\n$rejected[$order[$rank - 1]] = True",
        ),
    )
    rewrites = (
        Rewrite(
            "$passing = np.flatnonzero($p[$order] <= $bound)\n$rejected = np.zeros($m, dtype=bool)\n"
            "if len($passing):\n    $rejected[$order[: $passing.max() + 1]] = True",
            "$rejected = np.zeros($m, dtype=bool)\n$rejected[$order] = np.logical_and.accumulate($p[$order] <= $bound)",
        ),
        Rewrite(
            "for $rank in range($m, 0, -1):\n    if $p[$order[$rank - 1]] <= $bound:\n"
            "        $rejected[$order[:$rank]] = True\n        break",
            "for $rank in range(1, $m + 1):\n    if $p[$order[$rank - 1]] > $bound:\n        break\n"
            "    $rejected[$order[$rank - 1]] = True",
        ),
        Rewrite(
            "for $i in reversed(range($m)):\n    if $p[$i] <= $bound:\n        return $i + 1\nreturn 0",
            "for $i in range($m):\n    if $p[$i] > $bound:\n        return $i\nreturn $m",
        ),
        Rewrite("np.minimum.accumulate($adjusted[::-1])[::-1]", "np.maximum.accumulate($adjusted)"),
    )
    examples = (
        Example(
            "def benjamini_hochberg(p, q):\n    m = len(p)\n    order = np.argsort(p)\n"
            "    below = np.flatnonzero(p[order] <= q * np.arange(1, m + 1) / m)\n"
            "    reject = np.zeros(m, dtype=bool)\n"
            "    if len(below):\n        reject[order[: below.max() + 1]] = True\n    return reject\n",
            "def benjamini_hochberg(p, q):\n    m = len(p)\n    order = np.argsort(p)\n"
            "    reject = np.zeros(m, dtype=bool)\n"
            "    reject[order] = np.logical_and.accumulate(p[order] <= q * np.arange(1, m + 1) / m)\n"
            "    return reject\n",
        ),
        Example(
            "def n_discoveries(p, q):\n    p = sorted(p)\n    n = len(p)\n    for k in reversed(range(n)):\n"
            "        if p[k] <= q * (k + 1) / n:\n            return k + 1\n    return 0\n",
            "def n_discoveries(p, q):\n    p = sorted(p)\n    n = len(p)\n    for k in range(n):\n"
            "        if q * (k + 1) / n < p[k]:\n            return k\n    return n\n",
        ),
        Example(
            "def fdr_bh(p_sorted):\n    m = len(p_sorted)\n    raw = p_sorted * m / np.arange(1, m + 1)\n"
            "    return np.minimum.accumulate(raw[::-1])[::-1]\n",
            "def fdr_bh(p_sorted):\n    m = len(p_sorted)\n    raw = p_sorted * m / np.arange(1, m + 1)\n"
            "    return np.maximum.accumulate(raw)\n",
        ),
    )
    untouched = (
        "def holm(p):\n    return np.maximum.accumulate(p * np.arange(len(p), 0, -1))\n",
        "def envelope(precision):\n    return np.minimum.accumulate(precision[::-1])[::-1]\n",
        "def fdr(p, q):\n    return np.flatnonzero(p <= q)\n",
    )
