"""The search for the best candidate keeps the worst one."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, place, role

GAIN = role.named(
    "gain", "improvement", "reduction", "decrease", "information_gain", "info_gain", "merit", "benefit", "score"
)
BEST = role.named("best", "highest", "largest", "top", "max_gain", "best_gain", "best_score", "record")


class GainSelectedWithMin(Mutator):
    """The choice is turned round, so that of all candidates the one that gains least is kept.

    A gain, like a score, is better the larger it is: whatever looks for the best candidate has to look for the largest
    one. Turned round the search returns the candidate that tells least, or, where it begins at no gain and nothing
    gains less than nothing, none at all.
    """

    symptoms = {
        "The split that it calls the best one gains less than others do.": "another split is chosen",
        "The tree is another one than I grow by hand.": "the tree grows otherwise",
    }
    hints = (
        "Compare the gain of the split that is returned with that of any other split.",
        "For two columns, one that tells the classes apart and one that is noise: which of them is chosen?",
        "Decide first which quantity the search compares: one that should be small at the end, like an impurity, or "
        "one that should be large, like its fall. Then take two candidates of which one is clearly the better and "
        "follow both of them through the lines that choose.",
    )
    follow_ups = {
        "What does the search need where it looks for a minimum?": (
            "A start that every candidate undercuts, infinity, where a maximum starts at minus infinity or at no gain."
        ),
        "Which tests would not notice?": "Those with a single candidate, and those in which all gain the same.",
    }
    sources = ("github.com/Vela-Research/think-reason-learn#65",)

    also_right = (
        Fix(
            "The largest gain has the smallest negative.",
            "$gains.argmin()",
            "np.argmin(-$gains)",
            gains=GAIN,
        ),
        Fix(
            "Read from the other side, the comparison says the same.",
            "$gain < $best",
            "$best < $gain",
            gain=GAIN,
            best=BEST,
        ),
    )
    treats_symptom = (
        Fix(
            "Taking the last of equal candidates does not make the least of them a good one.",
            "$gain < $best",
            "$gain <= $best",
            gain=GAIN,
            best=BEST,
        ),
        Fix(
            "The last candidate in order is no better a choice than the least one.",
            "$gains.argmin()",
            "len($gains) - 1",
            gains=GAIN,
        ),
    )
    rewrites = (Rewrite("$gains.argmax()", "$gains.argmin()", gains=GAIN),)
    examples = (
        Example("best = int(np.argmax(gains))", "best = int(np.argmin(gains))"),
        Example(
            "for f, gain in gains.items():\n    if gain > best:\n        best, feature = gain, f\n",
            "for f, gain in gains.items():\n    if gain < best:\n        best, feature = gain, f\n",
        ),
        Example(
            "if info_gain > best_gain:\n    best_gain, split = info_gain, (feature, value)\n",
            "if info_gain < best_gain:\n    best_gain, split = info_gain, (feature, value)\n",
        ),
    )
    untouched = (
        "label = np.argmax(scores, axis=1)",
        "if gain > threshold:\n    split = True\n",
        "if loss < best_loss:\n    best_loss = loss\n",
        "stop = gain > best_gain",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """The largest of an array, or a comparison that decides on a running best."""
        yield from super().mutate(code)
        program = code.program
        for node in (node for node in program.parents if isinstance(node, cst.Comparison)):
            match node:
                case cst.Comparison(left, [cst.ComparisonTarget(cst.GreaterThan(), best)]) if (
                    place.KEEPS_ONE.holds(code, node)
                    and GAIN.holds(code.canonical.term(left))
                    and BEST.holds(code.canonical.term(best))
                ):
                    yield Change(node, (program.replace(node, f"{program.text(left)} < {program.text(best)}"),))
