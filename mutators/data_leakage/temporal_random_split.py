"""The rows are parted without being put in the order of time."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

TIME = role.named(
    "time",
    "timestamp",
    "date",
    "day",
    "hour",
    "week",
    "month",
    "year",
    "event_time",
    "when",
    "datetime",
    "t",
    "created",
)


class TemporalRandomSplit(Mutator):
    """What is fitted is not earlier than what is tested, because the rows are taken as they stand or as they fall.

    A forecast knows the past and is judged on the future. If the rows are cut by their place in the table, or at
    random, the model learns from days on both sides of the one it is asked about, and interpolates where it will have
    to extrapolate. Whatever drifts, repeats or is corrected later is given away.
    """

    symptoms = {
        "It is fitted on days that come after the ones it is tested on.": "changes with later rows",
    }
    hints = (
        "Compare the latest moment that is fitted on with the earliest one that is tested.",
        "Hand in the same rows in another order. Should the parts change?",
        "A cut at a position only separates the past from the future if the rows stand in that order at this moment. "
        "Find out what establishes the order before the cut, and whether the moments of the rows have any say in it.",
    )
    follow_ups = {
        "Why is the score often hardly better for it?": (
            "Where nothing drifts past and future are alike; the leak shows once the world changes."
        ),
        "Is sorting enough?": (
            "Not where features look forward or targets overlap: then a gap between the parts is needed as well."
        ),
    }
    sources = ("github.com/pycaret/pycaret#3631",)

    where = place.function(vocabulary.DEALING)
    also_right = (
        Fix(
            "The ranks of the moments, turned round, are the order.",
            "$order = np.arange(len($times))",
            "$order = np.array(sorted(range(len($times)), key=$times.__getitem__))",
        ),
    )
    treats_symptom = (
        Fix(
            "Turned round, the table's order is still not that of time.",
            "$order = np.arange(len($times))",
            "$order = np.arange(len($times))[::-1]",
        ),
    )
    rewrites = (
        Rewrite("np.argsort($times, $*how)", "np.arange(len($times))", times=TIME),
        Rewrite("$df.sort_values($column)", "$df", column=role.LITERAL & TIME),
        Rewrite("$df.sort_values($column)", "$df.sample(frac=1, random_state=0)", column=role.LITERAL & TIME),
        Rewrite("TimeSeriesSplit($*how)", "KFold($*how)"),
        Rewrite("train_test_split($*data, shuffle=False)", "train_test_split($*data)"),
    )
    examples = (
        Example(
            "def split(times, cut):\n    order = np.argsort(times)\n    return order[:cut], order[cut:]\n",
            "def split(times, cut):\n    order = np.arange(len(times))\n    return order[:cut], order[cut:]\n",
        ),
        Example(
            "def folds(X):\n    return TimeSeriesSplit(n_splits=5).split(X)\n",
            "def folds(X):\n    return KFold(n_splits=5).split(X)\n",
        ),
        Example(
            "def holdout(df):\n    return train_test_split(df, shuffle=False)\n",
            "def holdout(df):\n    return train_test_split(df)\n",
        ),
    )
    untouched = (
        "def rank(scores):\n    return np.argsort(scores)\n",
        "def fastest(times):\n    return np.argsort(times)[:3]\n",
        "def split(X, rng):\n    order = np.argsort(rng.random(len(X)))\n    return order[:9], order[9:]\n",
    )
