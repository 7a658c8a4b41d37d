"""The result array takes over an integer dtype and cuts off what is written into it."""

from bugforge import Example, Fix, Mutator, Rewrite, Term, role, vocabulary


def _is_fractional(term: Term) -> bool:
    """A quotient, or a call of something that averages: whole numbers go in and fractions come out."""
    if (term.kind, term.value) == ("binary", "/"):
        return True
    return term.kind == "call" and vocabulary.AVERAGING.fullmatch(term.value) is not None


FRACTION = role.has(role.that(_is_fractional))
DECAY = role.named("alpha", "beta", "gamma", "decay", "smoothing")
MAKERS = ("zeros", "empty", "ones")
STORES = ("$C[$j]", "$C[:, $j]", "$C[$i, $j]")
ALLOCATIONS = (
    *((f"np.{make}(($k, $X.shape[1]))", f"np.{make}(($k, $X.shape[1]), dtype=$X.dtype)") for make in MAKERS),
    *((f"np.{make}($X.shape)", f"np.{make}_like($X)") for make in MAKERS),
    *((f"np.{make}_like($X, dtype=float)", f"np.{make}_like($X)") for make in MAKERS),
    *((f"np.{make}_like($X, dtype=np.float64)", f"np.{make}_like($X)") for make in MAKERS),
)


class IntegerDtypeAccumulator(Mutator):
    """The array for the results is allocated with the dtype of the input, so integer input gives truncated results.

    Writing into an array never changes its dtype: a float stored in an integer array loses its fraction, towards zero,
    without an error or a warning. An array for means, rates or smoothed values must be float even where the data are
    counts or labels. Taking the dtype from the data looks careful and works for every float table; the first integer
    one turns a mean of 1.5 into 1.
    """

    symptoms = {
        "With whole numbers as input the centers have no decimals.": "centers are not the means",
        "Every rate comes out as a whole number.": "a row is encoded by its own label",
    }
    hints = (
        "What do the inputs that go wrong have in common that the others do not?",
        "Compare the dtype of the result with the dtype of the values written into it.",
        "Where does the array that collects the results come from, and what decides its dtype?",
    )
    follow_ups = {
        "Why does numpy raise for a += 0.5 on an integer array, but not for a[0] = 0.5?": (
            "The operation in place is a ufunc and checks its output with the rule same_kind, which forbids float to "
            "int. Assignment to items casts unsafely by design."
        ),
        "Which other ways of making an array inherit the dtype?": (
            "zeros_like, empty_like, full_like, copy and np.full with an integer fill value; np.array([0, 0]) is an "
            "integer array as well."
        ),
    }
    sources = ("github.com/numpy/numpy#6971", "github.com/numpy/numpy#20439", "github.com/numpy/numpy#18624")

    also_right = (
        Fix(
            "NaN marks what is not yet filled, and an array filled with it is float whatever the data are.",
            "np.zeros(($k, $X.shape[1]), dtype=$X.dtype)",
            "np.full(($k, $X.shape[1]), np.nan)",
        ),
        Fix(
            "Naming the dtype float says plainly what has to fit in, whatever the labels are.",
            "np.empty($n, dtype=$y.dtype)",
            "np.empty($n, dtype=float)",
        ),
    )
    treats_symptom = (
        Fix(
            "The fractions were cut off when the means were stored; a float array of whole numbers comes back.",
            "return updated",
            "return updated.astype(float)",
        ),
        Fix(
            "Rounding instead of cutting off makes the error smaller, and the means are whole numbers all the same.",
            "updated[$j] = $mean if $any else $center",
            "updated[$j] = np.round($mean) if $any else $center",
        ),
        Fix(
            "The Series is float, but the rates lost their fractions before, on the way into the array.",
            "pd.Series($values, index=$rows)",
            "pd.Series($values, index=$rows, dtype=float)",
        ),
    )
    rewrites = (
        *(
            Rewrite(
                f"$C = {float_array}\n...\n{store} = $value", f"$C = {array}\n...\n{store} = $value", value=FRACTION
            )
            for float_array, array in ALLOCATIONS
            for store in STORES
        ),
        *(
            Rewrite(
                f"$C = np.{make}(len($x))\n...\n$C[$t] = $a * $x[$t] + $rest",
                f"$C = np.{make}_like($x)\n...\n$C[$t] = $a * $x[$t] + $rest",
                a=DECAY,
            )
            for make in MAKERS
        ),
        *(
            Rewrite(
                f"$C = np.{make}($n)\n...\n$p = np.mean($y[$r])\n...\n$C[$j] = $value",
                f"$C = np.{make}($n, dtype=$y.dtype)\n...\n$p = np.mean($y[$r])\n...\n$C[$j] = $value",
                y=role.TARGET,
                value=FRACTION,
            )
            for make in MAKERS
        ),
    )
    examples = (
        Example(
            "def centroids(X, labels, k):\n    C = np.zeros((k, X.shape[1]))\n    for j in range(k):\n"
            "        C[j] = X[labels == j].mean(axis=0)\n    return C\n",
            "def centroids(X, labels, k):\n    C = np.zeros((k, X.shape[1]), dtype=X.dtype)\n    for j in range(k):\n"
            "        C[j] = X[labels == j].mean(axis=0)\n    return C\n",
        ),
        Example(
            "out = np.empty(data.shape)\nfor i, row in enumerate(data):\n    out[i] = row / row.sum()\n",
            "out = np.empty_like(data)\nfor i, row in enumerate(data):\n    out[i] = row / row.sum()\n",
        ),
        Example(
            "Z = np.zeros_like(X, dtype=float)\nfor j in range(X.shape[1]):\n"
            "    Z[:, j] = (X[:, j] - X[:, j].mean()) / X[:, j].std()\n",
            "Z = np.zeros_like(X)\nfor j in range(X.shape[1]):\n"
            "    Z[:, j] = (X[:, j] - X[:, j].mean()) / X[:, j].std()\n",
        ),
        Example(
            "ema = np.zeros(len(prices))\nema[0] = prices[0]\nfor t in range(1, len(prices)):\n"
            "    ema[t] = alpha * prices[t] + (1 - alpha) * ema[t - 1]\n",
            "ema = np.zeros_like(prices)\nema[0] = prices[0]\nfor t in range(1, len(prices)):\n"
            "    ema[t] = alpha * prices[t] + (1 - alpha) * ema[t - 1]\n",
        ),
        Example(
            "encoded = np.empty(len(keys))\nfor k in range(n_folds):\n    prior = y[fold != k].mean()\n"
            "    encoded[fold == k] = prior / weight\n",
            "encoded = np.empty(len(keys), dtype=y.dtype)\nfor k in range(n_folds):\n    prior = y[fold != k].mean()\n"
            "    encoded[fold == k] = prior / weight\n",
        ),
    )
    untouched = (
        "counts = np.zeros((k, X.shape[1]))\nfor j in labels:\n    counts[j] = 1\n",
        "counts = np.zeros(k, dtype=int)\nfor j in labels:\n    counts[j] += 1\n",
        "mask = np.zeros(X.shape)\nmask[X > 0] = 1\n",
        "out = np.zeros_like(X)\nout[0] = X[0]\n",
        "order = np.empty(len(x), dtype=int)\norder[rank] = np.arange(len(x))\n",
    )
