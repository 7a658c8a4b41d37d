"""The errors are added up before they are squared."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

VALUE = role.TARGET | role.PREDICTION | role.named("a", "b", "x", "f")
QUOTIENT = role.like("$a / $b")
ERROR = role.RESIDUAL | role.named("e", "errors", "residuals")


class RmseMeanBeforeSquare(Mutator):
    """Errors of opposite sign cancel before the square can make them count.

    The mean of the squares is the squared mean plus the variance of the errors. Squaring the mean leaves out the
    variance, which may be nearly all of it: a model that is right on average and wrong everywhere gets an error of 0.
    """

    symptoms = {
        "Two large errors of opposite sign, and the report says there is none.": "errors cancel",
    }
    hints = (
        "Evaluate two predictions, one 3 too high and one 3 too low.",
        "What does the metric measure if the errors are noise around 0?",
        "There are three operations: a difference, a square, a mean. In which order are they done?",
    )
    follow_ups = {
        "Which quantity is computed here?": (
            "The square of the mean error, that is of the bias, or with the root its absolute value. The bias is "
            "worth reporting, under its own name."
        ),
        "How large is the difference in general?": (
            "MSE = bias^2 + variance of the errors, so the two agree only when all errors are equal."
        ),
    }
    sources = ()

    where = place.named(vocabulary.SQUARED_ERROR)
    also_right = (
        Fix(
            "A sum over the squared differences needs no loop, and squares before it adds.",
            "$total = 0.0\nfor $a, $b in $pairs:\n    $e = $a - $b\n    $total += $e\nreturn ($total / $n) ** 2",
            "return sum(($a - $b) ** 2 for $a, $b in $pairs) / $n",
        ),
        Fix(
            "An error times itself is never negative, so the errors cannot cancel in the sum.",
            "for $a, $b in $pairs:\n    $e = $a - $b\n    $total += $e\nreturn ($total / $n) ** 2",
            "for $a, $b in $pairs:\n    $e = $a - $b\n    $total += $e * $e\nreturn $total / $n",
        ),
    )
    treats_symptom = (
        Fix(
            "Absolute errors cannot cancel, but the square of their mean still leaves out how they vary.",
            "for $a, $b in $pairs:\n    $e = $a - $b\n    $total += $e",
            "for $a, $b in $pairs:\n    $e = $a - $b\n    $total += abs($e)",
        ),
        Fix(
            "Each error is squared now, and then the mean of the squares is squared once more.",
            "for $a, $b in $pairs:\n    $e = $a - $b\n    $total += $e",
            "for $a, $b in $pairs:\n    $e = $a - $b\n    $total += $e**2",
        ),
    )
    rewrites = (
        Rewrite("np.mean(($a - $b) ** 2)", "np.mean($a - $b) ** 2", exact=True, a=VALUE, b=VALUE),
        Rewrite("np.mean(np.square($a - $b))", "np.mean($a - $b) ** 2", exact=True, a=VALUE, b=VALUE),
        Rewrite("(($a - $b) ** 2).mean()", "($a - $b).mean() ** 2", exact=True, a=VALUE, b=VALUE),
        Rewrite("np.mean($e ** 2)", "np.mean($e) ** 2", exact=True, e=ERROR),
        Rewrite("np.mean(np.square($e))", "np.mean($e) ** 2", exact=True, e=ERROR),
        Rewrite("($e ** 2).mean()", "$e.mean() ** 2", exact=True, e=ERROR),
        Rewrite(
            "for $a, $b in $pairs:\n    $e = $a - $b\n    $total += $e ** 2\nreturn $mean",
            "for $a, $b in $pairs:\n    $e = $a - $b\n    $total += $e\nreturn $mean ** 2",
            mean=QUOTIENT,
        ),
        Rewrite(
            "for $a, $b in $pairs:\n    $total += ($a - $b) ** 2\nreturn $mean",
            "for $a, $b in $pairs:\n    $total += $a - $b\nreturn $mean ** 2",
            mean=QUOTIENT,
        ),
        Rewrite(
            "for $a, $b in $pairs:\n    $total += ($a - $b) ** 2\nreturn math.sqrt($mean)",
            "for $a, $b in $pairs:\n    $total += $a - $b\nreturn math.sqrt($mean ** 2)",
            mean=QUOTIENT,
        ),
        Rewrite(
            "sum(($a - $b) ** 2 for $a, $b in $pairs) / $n",
            "sum($a - $b for $a, $b in $pairs) ** 2 / $n",
        ),
    )
    examples = (
        Example("rmse = np.sqrt(np.mean((y - p) ** 2))", "rmse = np.sqrt(np.mean(y - p) ** 2)"),
        Example("rmse = np.sqrt(((y - y_pred) ** 2).mean())", "rmse = np.sqrt((y - y_pred).mean() ** 2)"),
        Example(
            "def mse(y, p):\n"
            "    total = 0.0\n"
            "    for a, b in zip(y, p):\n"
            "        error = a - b\n"
            "        total += error**2\n"
            "    return total / len(y)\n",
            "def mse(y, p):\n"
            "    total = 0.0\n"
            "    for a, b in zip(y, p):\n"
            "        error = a - b\n"
            "        total += error\n"
            "    return (total / len(y)) ** 2\n",
        ),
        Example(
            "def mean_squared_error(y, p):\n    errors = y - p\n    return np.mean(errors**2)\n",
            "def mean_squared_error(y, p):\n    errors = y - p\n    return np.mean(errors) ** 2\n",
        ),
        Example(
            "def rmse(y, p):\n"
            "    for t, q in zip(y, p):\n"
            "        total += (t - q) ** 2\n"
            "    return math.sqrt(total / n)\n",
            "def rmse(y, p):\n"
            "    for t, q in zip(y, p):\n"
            "        total += t - q\n"
            "    return math.sqrt((total / n) ** 2)\n",
        ),
        Example(
            "mse = sum((a - b) ** 2 for a, b in zip(y, p)) / len(y)",
            "mse = sum(a - b for a, b in zip(y, p)) ** 2 / len(y)",
        ),
    )
    untouched = (
        "variance = np.mean((x - x.mean()) ** 2)",
        "inertia = np.sum((X - centers) ** 2)",
        "second_moment = np.mean(e**2)",
        "mae = np.mean(np.abs(y - p))",
    )
