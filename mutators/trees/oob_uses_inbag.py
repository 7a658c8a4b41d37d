"""The rows that a member was trained on are taken for those that it has never seen."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

BAG = role.named(
    "bag", "in_bag", "inbag", "bootstrap", "boot", "idx", "index", "indices", "sample", "drawn", "chosen", "resample"
)


class OobUsesInbag(Mutator):
    """The out-of-bag rows are chosen the wrong way round, and the members are judged by what they learnt.

    A bag misses about a third of the rows, and for these its tree is as good as a held-out model: that makes the
    out-of-bag score an honest one without a split. Turned round, each tree is asked about the very rows that it was
    grown on. A deep tree knows those by heart, so the score is close to perfect whatever the forest is worth.
    """

    symptoms = {
        "The out-of-bag score is far better than what I see on fresh rows.": (
            "score too high & the out-of-bag score is wrong"
        ),
        "I worked out by hand which trees may judge a row: those are not the ones that do.": (
            "the out-of-bag score is wrong"
        ),
    }
    hints = (
        "Compare the out-of-bag score with the score on rows that were never in the table.",
        "Give the rows random labels. Which score can an honest estimate reach then, and which one is told?",
        "Take one tree and its bag, and list by hand the rows that the bag does not have. Then print the rows for "
        "which "
        "the program lets this tree vote when it estimates how good the forest is on new data, and compare the two "
        "lists.",
    )
    follow_ups = {
        "How many trees judge a row, of a hundred?": "About 37: a row is missing in a bag with a chance near 1/e.",
        "When is even the right out-of-bag score too good?": (
            "When rows have near copies in the table, such as several visits of a patient: the copy is in the bag."
        ),
    }
    sources = ("github.com/scikit-learn-contrib/imbalanced-learn#655", "github.com/scikit-learn-contrib/skope-rules#56")

    where = place.named(vocabulary.OUT_OF_BAG)
    also_right = (
        Fix(
            "isin can be told to answer the opposite question.",
            "np.isin($rows, $bag)",
            "np.isin($rows, $bag, invert=True)",
        ),
    )
    treats_symptom = (
        Fix(
            "Asking about every row takes in those that the tree was grown on as well.",
            "np.isin($rows, $bag)",
            "np.isin($rows, $rows)",
        ),
    )
    rewrites = (
        Rewrite("~np.isin($rows, $bag)", "np.isin($rows, $bag)", bag=BAG),
        Rewrite("np.isin($rows, $bag, invert=True)", "np.isin($rows, $bag)", bag=BAG),
        Rewrite("np.setdiff1d($rows, $bag)", "np.intersect1d($rows, $bag)", bag=BAG),
        Rewrite("np.bincount($bag, minlength=$n) == 0", "np.bincount($bag, minlength=$n) != 0", bag=BAG),
        Rewrite("[$i for $i in $rows if $i not in $bag]", "[$i for $i in $rows if $i in $bag]", bag=BAG),
    )
    examples = (
        Example("oob = ~np.isin(np.arange(n), inbag)", "oob = np.isin(np.arange(n), inbag)"),
        Example(
            "def oob_rows(n, sample_idx):\n    return np.setdiff1d(np.arange(n), sample_idx)\n",
            "def oob_rows(n, sample_idx):\n    return np.intersect1d(np.arange(n), sample_idx)\n",
        ),
        Example(
            "out_of_bag = [i for i in range(len(X)) if i not in bag]",
            "out_of_bag = [i for i in range(len(X)) if i in bag]",
        ),
        Example(
            "unsampled = np.bincount(indices, minlength=n_samples) == 0",
            "unsampled = np.bincount(indices, minlength=n_samples) != 0",
        ),
    )
    untouched = (
        "known = ~np.isin(items, seen)",
        "in_bag = np.isin(rows, bag)",
        "oob_columns = ~np.isin(columns, categorical)",
        "empty = np.bincount(labels, minlength=k) == 0",
    )
