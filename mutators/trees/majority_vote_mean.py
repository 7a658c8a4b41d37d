"""The votes for classes are averaged instead of counted."""

from bugforge import Example, Fix, Mutator, Rewrite, role

VOTES = role.named("vote", "label", "neighbor", "neighbour", "ballot", "nearest", "prediction", "pred")
TALLY = role.named("vote", "tally", "support", "ballot")
WEIGHTS = role.named("weight", "w", "share")


class MajorityVoteMean(Mutator):
    """The answer is the rounded mean of the labels, as if classes were quantities.

    The number of a class is a name. Between the classes 0 and 2 there is no class 1, and a mean of votes for 0 and 2
    elects just that, though nobody voted for it. With two labels next to each other, such as 0 and 1, rounding the
    mean is the majority, so the error waits for the third class.
    """

    symptoms = {
        "The label with the most votes behind it is not the one that is returned.": "votes are counted otherwise",
        "Fewer rows than before are given the right class.": "score too low",
    }
    hints = (
        "What is predicted where half of the votes go to the first class and half to the third?",
        "Rename the classes, for example to 10, 3 and 700. May more than the names in the answers change?",
        "Which arithmetic is done with the labels, and what would it mean if the labels were words? A vote needs "
        "nothing from them but whether two are equal; look for the step that needs their size or their order.",
    )
    follow_ups = {
        "For which labels is the rounded mean a majority vote?": (
            "For two labels that are consecutive whole numbers, with unequal weights on both sides; at a tie it is "
            "rounding that decides."
        ),
        "When is averaging over neighbours or trees the right thing?": (
            "For regression, and for probabilities: averages of one-hot rows are shares of votes, and their largest "
            "entry is the majority."
        ),
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "Sorting the sums in a stable way and taking the first is the same election.",
            "return np.rint($mean).astype(int)",
            'return classes[np.argsort(-tally, axis=1, kind="stable")[:, 0]]',
            mean=role.has(role.named("tally")),
        ),
        Fix(
            "The candidates in sorted order; max keeps the first of those with the largest support.",
            "return int(np.rint($mean))",
            "return max(zip(support, -candidates, candidates))[2]",
            mean=role.has(role.named("support")),
        ),
        Fix(
            "A vote over each row of labels, one after the other, is what is asked for.",
            "return np.rint($mean).astype(int)",
            "return np.concatenate([vote(labels[i : i + 1], shares[i : i + 1]) for i in range(len(labels))])",
            mean=role.has(role.call("average")),
        ),
    )
    treats_symptom = (
        Fix(
            "Rounding down instead moves the error to the class below.",
            "np.rint($mean)",
            "np.floor($mean)",
        ),
    )
    rewrites = (
        Rewrite("np.argmax(np.bincount($votes))", "round(np.mean($votes))", votes=VOTES),
        Rewrite("np.argmax(np.bincount($votes, weights=$w))", "round(np.average($votes, weights=$w))", votes=VOTES),
        Rewrite("Counter($votes).most_common(1)[0][0]", "round(sum($votes) / len($votes))", votes=VOTES),
        Rewrite(
            "$classes, $codes = np.unique($votes, return_inverse=True)\n...\nreturn $classes[$tally.argmax(axis=1)]",
            "$classes, $codes = np.unique($votes, return_inverse=True)\n...\n"
            "return np.rint($tally @ $classes / $tally.sum(axis=1)).astype(int)",
            tally=TALLY,
        ),
        Rewrite(
            "$classes = np.unique($votes)\n...\nreturn $classes[np.argmax($tally)]",
            "$classes = np.unique($votes)\n...\nreturn int(np.rint(np.average($classes, weights=$tally)))",
            tally=TALLY,
        ),
        *(
            Rewrite(
                f"return {vote}($labels, $w)",
                "return np.rint(np.average($labels, axis=1, weights=$w)).astype(int)",
                labels=VOTES,
                w=WEIGHTS,
            )
            for vote in ("vote", "majority_vote", "weighted_vote")
        ),
    )
    examples = (
        Example("label = np.bincount(neighbor_labels).argmax()", "label = round(np.mean(neighbor_labels))"),
        Example(
            "pred = Counter(k_nearest_labels).most_common(1)[0][0]\n",
            "pred = round(sum(k_nearest_labels) / len(k_nearest_labels))\n",
        ),
        Example(
            "def decide(votes):\n    names = np.unique(votes)\n    tally = [np.sum(votes == n) for n in names]\n"
            "    return names[np.argmax(tally)]\n",
            "def decide(votes):\n    names = np.unique(votes)\n    tally = [np.sum(votes == n) for n in names]\n"
            "    return int(np.rint(np.average(names, weights=tally)))\n",
        ),
    )
    untouched = (
        "mode = np.bincount(pixels).argmax()",
        "most_frequent = np.argmax(np.bincount(y))",
        "word = Counter(words).most_common(1)[0][0]",
        "label = classes[np.argmax(proba)]",
        "return_value = vote(labels)",
    )
