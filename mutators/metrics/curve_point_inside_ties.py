"""The curve has a point for every sample, also between samples of one score."""

from bugforge import Example, Fix, Mutator, Rewrite


class CurvePointInsideTies(Mutator):
    """Cumulative counts are read after every sample, although no threshold can separate equal scores.

    A threshold takes in all samples of one score or none of them, so a curve has a point at the end of each block of
    ties. Points inside of a block stand for decisions that cannot be taken, and where they lie depends on the order in
    which the block happens to be sorted. Without ties nothing changes; trees, votes and rounded scores have many.
    """

    symptoms = {
        "Shuffling the samples changes the area below the curve.": "ties are counted wrongly",
        "The curve has more points than there are distinct scores.": "a metric by hand is missed",
    }
    hints = (
        "Count the thresholds that the curve returns. Are they all different?",
        "Give four samples the same score, two of them positive. Sort them in two ways and draw both curves.",
        "A point of the curve is what a threshold decides. Look at two neighbouring samples in the sorted order that "
        "have equal scores: is there a threshold that takes in the first and not the second? What do the cumulative "
        "counts say at this place, and who reads them?",
    )
    follow_ups = {
        "Which area is right for a block of ties?": (
            "The one below a straight line from the beginning of the block to its end. It is the mean over all orders "
            "of the block, and gives each tied pair one half."
        ),
        "How bad can it get?": (
            "With one score for all samples the area is anything from 0 to 1, and files that are sorted by label get "
            "one of the extremes."
        ),
    }
    sources = ("github.com/dice-group/gerbil#242",)

    also_right = (
        Fix(
            "The last position of each score, found by a search in the rising scores, ends its block.",
            "return $s, $tp, $fp",
            'last = np.unique(np.searchsorted(-$s, -$s, side="right")) - 1\nreturn $s[last], $tp[last], $fp[last]',
        ),
    )
    treats_symptom = (
        Fix(
            "The first sample of each block is one point a score as well, and leaves out the rest of the block.",
            "return $s, $tp, $fp",
            "first = np.unique(np.searchsorted(-$s, -$s))\nreturn $s[first], $tp[first], $fp[first]",
        ),
    )
    rewrites = (
        Rewrite(
            "$last = np.r_[np.flatnonzero(np.diff($s)), len($s) - 1]\n$tp = np.cumsum($y)[$last]\n"
            "$fp = $last + 1 - $tp\nreturn $s[$last], $tp, $fp",
            "$tp = np.cumsum($y)\n$fp = np.cumsum(1 - $y)\nreturn $s, $tp, $fp",
        ),
        Rewrite(
            "$ends = np.where(np.diff($s))[0]\n$last = np.r_[$ends, $n - 1]\n$tp = np.cumsum($y)[$last]\n"
            "$fp = $last + 1 - $tp\nreturn $fp, $tp, $s[$last]",
            "$tp = np.cumsum($y)\n$fp = np.cumsum(1 - $y)\nreturn $fp, $tp, $s",
        ),
    )
    examples = (
        Example(
            "def counts(y, s):\n    ends = np.r_[np.flatnonzero(np.diff(s)), len(s) - 1]\n"
            "    tps = np.cumsum(y)[ends]\n    fps = ends + 1 - tps\n    return s[ends], tps, fps\n",
            "def counts(y, s):\n    tps = np.cumsum(y)\n    fps = np.cumsum(1 - y)\n    return s, tps, fps\n",
        ),
        Example(
            "def clf_curve(y_true, y_score):\n    distinct = np.where(np.diff(y_score))[0]\n"
            "    idx = np.r_[distinct, y_true.size - 1]\n    tps = np.cumsum(y_true)[idx]\n"
            "    fps = 1 + idx - tps\n    return fps, tps, y_score[idx]\n",
            "def clf_curve(y_true, y_score):\n    tps = np.cumsum(y_true)\n"
            "    fps = np.cumsum(1 - y_true)\n    return fps, tps, y_score\n",
        ),
        Example(
            "def walk(labels, ranked):\n    last = np.r_[np.flatnonzero(np.diff(ranked)), len(ranked) - 1]\n"
            "    found = np.cumsum(labels)[last]\n    alarms = last + 1 - found\n"
            "    return ranked[last], found, alarms\n",
            "def walk(labels, ranked):\n    found = np.cumsum(labels)\n    alarms = np.cumsum(1 - labels)\n"
            "    return ranked, found, alarms\n",
        ),
    )
    untouched = (
        "jumps = np.r_[np.flatnonzero(np.diff(x)), len(x) - 1]",
        "def totals(y):\n    tp = np.cumsum(y)\n    return tp\n",
        "last = np.r_[np.flatnonzero(np.diff(g)), len(g) - 1]\nsums = np.cumsum(v)[last]\n",
    )
