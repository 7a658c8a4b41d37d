"""Rows of one group are fitted on and tested, because rows are dealt out where groups should be."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

GROUP = role.named(
    "group",
    "user",
    "patient",
    "subject",
    "customer",
    "client",
    "person",
    "user_id",
    "patient_id",
    "group_id",
    "session",
)


class GroupLeakageRowSplit(Mutator):
    """The split is drawn over rows instead of groups, so a model meets in the test whom it was fitted on.

    Rows of one patient resemble each other in ways that no other patient shares. With some of them among the training
    rows the test asks whether the model recognises the patient, and not whether it would do for a new one. The score is
    too good, and it does not come back in use.
    """

    symptoms = {
        "Somebody whose rows are tested has rows among those fitted on.": "a group is in two parts",
    }
    hints = (
        "For whom will the model be used, and does the test part hold any such person?",
        "Count how many of the groups have rows in both parts.",
        "Name the unit that is new when the model is used, a row or the one whom several rows are about. A split is "
        "fair if it draws units of that kind. Find the draw in the program and say which kind of unit it deals out, "
        "and how the rows follow from it.",
    )
    follow_ups = {
        "When is a split by rows right all the same?": (
            "When the model will be used on new rows of the same groups, as in a forecast for customers one already "
            "has."
        ),
        "What does it cost to split by groups?": (
            "Fewer independent units: parts of uneven size and scores that vary more, which is how little is known."
        ),
    }
    sources = ("github.com/HealthRex/CDSS#89",)

    where = place.function(vocabulary.DEALING)
    also_right = (
        Fix(
            "The rows of the drawn groups are found by looking each row's group up among them.",
            "$names = $rng.permutation(np.arange(len($groups)))\n$mask = np.isin(np.arange(len($groups)), $chosen)",
            "$names = $rng.permutation(np.unique($groups))\n$mask = np.isin($groups, $chosen)",
        ),
    )
    treats_symptom = (
        Fix(
            "Row numbers in a fixed order still part the groups wherever they are mixed.",
            "$rng.permutation(np.arange(len($groups)))",
            "np.arange(len($groups))[:: $rng.choice([1, -1])]",
        ),
    )
    rewrites = (
        Rewrite(
            "$names = $rng.permutation(np.unique($groups))\n$mask = np.isin($groups, $chosen)",
            "$names = $rng.permutation(np.arange(len($groups)))\n$mask = np.isin(np.arange(len($groups)), $chosen)",
            groups=GROUP,
        ),
        Rewrite("GroupKFold($*how)", "KFold($*how)"),
        Rewrite("GroupShuffleSplit($*how)", "ShuffleSplit($*how)"),
        Rewrite("StratifiedGroupKFold($*how)", "StratifiedKFold($*how)"),
    )
    examples = (
        Example(
            "def split(groups, rng):\n    names = rng.permutation(np.unique(groups))\n"
            "    test = np.isin(groups, names[:3])\n    return ~test, test\n",
            "def split(groups, rng):\n    names = rng.permutation(np.arange(len(groups)))\n"
            "    test = np.isin(np.arange(len(groups)), names[:3])\n    return ~test, test\n",
        ),
        Example(
            "def folds(X, y, g):\n    return list(GroupKFold(n_splits=5).split(X, y, g))\n",
            "def folds(X, y, g):\n    return list(KFold(n_splits=5).split(X, y, g))\n",
        ),
        Example(
            "def split_patients(patients, rng):\n    ids = rng.permutation(np.unique(patients))\n"
            "    held = np.isin(patients, ids[: len(ids) // 4])\n    return held\n",
            "def split_patients(patients, rng):\n    ids = rng.permutation(np.arange(len(patients)))\n"
            "    held = np.isin(np.arange(len(patients)), ids[: len(ids) // 4])\n    return held\n",
        ),
    )
    untouched = (
        "def split(words, rng):\n    vocabulary = rng.permutation(np.unique(words))\n    return vocabulary\n",
        "mask = np.isin(groups, chosen)",
        "folds = KFold(5)",
    )
