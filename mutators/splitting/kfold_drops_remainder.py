"""The rows that are left over when the table does not divide evenly are never tested."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

COUNT = role.COUNT | role.named("size", "fold_size", "block", "width", "chunk", "length", "total")


class KfoldDropsRemainder(Mutator):
    """Folds of equal size are cut from the front, and what does not fill a fold is in none.

    Seldom is the number of rows a multiple of the number of folds. A whole-number division forgets the rest: up to one
    row less than there are parts is dropped from every estimate. In a table that has an order these are not just any
    rows; often they are the latest.
    """

    symptoms = {
        "The row numbers that are tested, all folds together, are not those of the table.": (
            "rows are lost, or in two parts"
        ),
        "It tests another stretch of time than the one at the end.": "another stretch of time is fitted or tested",
    }
    hints = (
        "Which rows are in no test part, and are they meant to be in none?",
        "Deal ten rows out to three parts by hand. Where does the last of the parts end, and where does the table?",
        "Whole-number division throws something away, and the question is whether the program gives it back later. "
        "Look for the sizes or borders of the parts, put in numbers that do not divide evenly, and see where the last "
        "border comes to lie.",
    )
    follow_ups = {
        "How is the rest of a division kept?": (
            "Dealt out one by one, so that parts differ by one row, or given to a part that may be larger than others."
        ),
        "When does nobody notice?": "Where the number of rows is a multiple of the number of parts.",
    }
    sources = ("github.com/open-mmlab/mmpretrain#563",)

    where = place.function(vocabulary.DEALING)
    also_right = (
        Fix(
            "Every k-th row of the order, from each of the first k, leaves none over.",
            "$folds = np.split($order[: len($order) // $k * $k], $k)",
            "$folds = [$order[start::$k] for start in range($k)]",
        ),
        Fix(
            "Counted from the end, the blocks end with the last row.",
            "start = (i + 1) * size",
            "start = len(times) - (k - i) * size",
        ),
    )
    treats_symptom = (
        Fix(
            "One row more at the front moves the gap: the rest is still in no fold.",
            "$folds = np.split($order[: len($order) // $k * $k], $k)",
            "$folds = np.split($order[len($order) % $k :], $k)",
        ),
        Fix(
            "Only the last block is made longer, and the others still lie too early.",
            "start = (i + 1) * size\n$splits.append(($train, $order[start : start + size]))",
            "start = (i + 1) * size\n$splits.append(($train, $order[start : start + size if i < k - 1 else None]))",
        ),
    )
    rewrites = (
        Rewrite("np.array_split($order, $k)", "np.split($order[: len($order) // $k * $k], $k)", order=role.NAME),
        Rewrite("$n - ($k - $i) * $size", "($i + 1) * $size", n=COUNT, size=COUNT),
        Rewrite("$n * ($i + 1) // $k", "$n // $k * ($i + 1)", n=COUNT),
        Rewrite("($i + 1) * $n // $k", "($i + 1) * ($n // $k)", n=COUNT),
        Rewrite("$end if $i == $k - 1 else $stop", "$stop", end=COUNT),
    )
    examples = (
        Example(
            "def k_fold(order, k):\n    return np.array_split(order, k)\n",
            "def k_fold(order, k):\n    return np.split(order[: len(order) // k * k], k)\n",
        ),
        Example(
            "def make_folds(n, k):\n    return [np.arange(i * n // k, (i + 1) * n // k) for i in range(k)]\n",
            "def make_folds(n, k):\n    return [np.arange(i * n // k, (i + 1) * (n // k)) for i in range(k)]\n",
        ),
        Example(
            "def split_times(n, k, size):\n    return [n - (k - i) * size for i in range(k)]\n",
            "def split_times(n, k, size):\n    return [(i + 1) * size for i in range(k)]\n",
        ),
    )
    untouched = (
        "parts = np.array_split(jobs, workers)",
        "def k_fold(order, k):\n    return np.array_split(order[:100], k)\n",
        "start = n - (k - i) * size",
    )
