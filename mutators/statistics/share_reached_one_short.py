"""The position at which a running share reaches its goal is taken for a number."""

from bugforge import Example, Fix, Mutator, Rewrite, role

RUNNING = role.call("cumsum") | role.part_of(None, "cumsum") | role.like("np.cumsum($v) / $total")


class ShareReachedOneShort(Mutator):
    """An index that counts from 0 says how many to keep, so one too few is kept and the goal is missed.

    The running sum of the first entry stands at position 0. If the goal is reached at position i, it takes i + 1
    entries to reach it. The position itself used as a number stops just before the entry that makes up the share.
    """

    symptoms = {
        "What is kept makes up less than the share that was asked for.": "variances are wrong",
        "Asked for a share, it stops with an error on ordinary tables.": "raises",
    }
    hints = (
        "Add up what is kept. Is the share reached?",
        "With parts of 6, 3 and 1, how many does it take for half of the sum, and what does the program say?",
        "Some functions answer with a place in a list, others with how many there are. Follow the number that is "
        "returned back to the call that it comes from, and say for each step which of the two it is, with the first "
        "entry of the list as the case to check.",
    )
    follow_ups = {
        "Which input shows it at once?": (
            "A share that the first entry reaches alone: the answer is then 0, and nothing is kept at all."
        ),
        "What can rounding do here?": (
            "A running sum may end at 0.9999999999 or meet the goal only nearly; a small tolerance decides the tie, or "
            "an answer past the end must be expected."
        ),
    }
    sources = ("github.com/scikit-learn/scikit-learn#15669",)

    also_right = (
        Fix(
            "Counting the running sums that fall short, and one more, is the number too.",
            "int(np.argmax($c >= $goal))",
            "int(np.sum($c < $goal)) + 1",
        ),
        Fix(
            "One more than the running sums below the goal.",
            "int(np.searchsorted($c, $goal))",
            "1 + int(np.count_nonzero($c < $goal))",
        ),
    )
    treats_symptom = (
        Fix(
            "At least one is kept now, which repairs the smallest answer and no other.",
            "int(np.argmax($c >= $goal))",
            "max(int(np.argmax($c >= $goal)), 1)",
        ),
        Fix(
            "The other side differs only where the goal is met exactly.",
            "int(np.searchsorted($c, $goal))",
            """int(np.searchsorted($c, $goal, side="right"))""",
        ),
    )
    rewrites = (
        Rewrite("int(np.argmax($c >= $goal)) + 1", "int(np.argmax($c >= $goal))", c=RUNNING),
        Rewrite("np.argmax($c >= $goal) + 1", "np.argmax($c >= $goal)", c=RUNNING),
        Rewrite("int(np.searchsorted($c, $goal, $*how)) + 1", "int(np.searchsorted($c, $goal, $*how))", c=RUNNING),
        Rewrite("np.searchsorted($c, $goal, $*how) + 1", "np.searchsorted($c, $goal, $*how)", c=RUNNING),
        Rewrite("int(np.sum($c < $goal)) + 1", "int(np.sum($c < $goal))", c=RUNNING),
        Rewrite("np.sum($c < $goal) + 1", "np.sum($c < $goal)", c=RUNNING),
    )
    examples = (
        Example(
            "cum = np.cumsum(ratio)\nk = np.argmax(cum >= 0.95) + 1\n",
            "cum = np.cumsum(ratio)\nk = np.argmax(cum >= 0.95)\n",
        ),
        Example(
            "n_components = np.searchsorted(np.cumsum(var) / var.sum(), share) + 1",
            "n_components = np.searchsorted(np.cumsum(var) / var.sum(), share)",
        ),
        Example(
            "reached = weights.cumsum()\nhow_many = int((reached < goal).sum()) + 1\n",
            "reached = weights.cumsum()\nhow_many = int((reached < goal).sum())\n",
        ),
    )
    untouched = (
        "index = np.searchsorted(np.cumsum(p), u)",
        "rank = np.searchsorted(levels, x) + 1",
        "k = np.argmax(scores >= best) + 1",
    )
