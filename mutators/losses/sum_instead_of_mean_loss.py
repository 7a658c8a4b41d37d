"""The loss is summed over the samples instead of averaged."""

from bugforge import Example, Fix, Mutator, Rewrite, Term, role, vocabulary

LOSS = role.named("loss", "cost", "mse", "mae", "nll", "ce", "bce", "cross_entropy", "objective", "risk")
LOGGED = role.named("logp", "log_p", "log_prob", "log_proba", "log_likelihood", "loglik", "logprob") | (
    role.call(vocabulary.LOSS_TERM)
)
AVERAGE = role.call("mean", "average", "median")
DIFFERENCE = role.RESIDUAL | role.like("$a - $b")


def _is_error(term: Term) -> bool:
    """A squared or absolute residual, or the difference of two values."""
    squared = (term.kind, term.value) == ("binary", "**") and role.number(2).holds(term.children[1])
    if squared:
        return DIFFERENCE.holds(term.children[0])
    absolute = term.kind == "call" and term.value == "abs" and len(term.children) > 1
    return absolute and DIFFERENCE.holds(term.children[1].children[0])


ERROR = role.that(_is_error)
PER_SAMPLE = (role.has(LOGGED | ERROR) | role.named("losses")) & ~role.has(AVERAGE)
NO_LOSS = ("np.sqrt($x)", "np.exp($x)", "$x - np.mean($y)", "1 - $x", "$x / np.var($y, $*how)", "$x < $y")


class SumInsteadOfMeanLoss(Mutator):
    """The loss adds up the samples' losses and does not divide by their number, so it grows with the data.

    A mean has the same size for ten rows and for ten million: losses of batches, of splits, of two runs can be
    compared, and a penalty or a learning rate keeps its meaning. The sum is n times as large. Beside a penalty that is
    not, the data term outweighs the regularisation n times, and gradients taken from it are n times too long for the
    learning rate. The position of the minimum hides it as long as there is no penalty.
    """

    symptoms = {
        "With twice as many rows the loss is twice as high, though the predictions are no worse.": (
            "loss by hand is missed"
        ),
        "The errors are small and the mean of their squares is large; the more rows, the larger.": (
            "loss too high & the unit is wrong"
        ),
        "Ten times as many pairs, each off by the same, and the score is ten times as high.": (
            "a metric by hand is missed & score too high"
        ),
        "The gradient is shorter than finite differences of the objective would have it.": (
            "gradient is not the slope"
        ),
    }
    hints = (
        "Compute the loss of some rows, then of the same rows given twice.",
        "Take rows that cost the same each. What should the loss of two of them be, and what is it?",
        "How does the code make one number of the costs of the rows, and how does the formula?",
    )
    follow_ups = {
        "Is there a case for the sum?": (
            "Yes: the log-likelihood of independent samples is a sum, and the update may divide by the batch size on "
            "its own. One of the two must divide, and not both."
        ),
        "A loss is averaged over batches, the last of which is smaller. What goes wrong?": (
            "With means the small batch counts as much as a full one; weight by batch size to get the loss of the "
            "epoch. With sums add up and divide by the number of rows once."
        ),
    }
    sources = (
        "github.com/google-deepmind/bsuite#23",
        "github.com/ai-safety-foundation/sparse_autoencoder#63",
        "github.com/ShusenTang/Dive-into-DL-PyTorch#75",
    )

    also_right = (
        Fix(
            "np.average without weights is the mean.",
            "np.sum($e)",
            "np.average($e)",
            function=vocabulary.MEAN_LOSS,
            e=PER_SAMPLE,
        ),
        Fix(
            "A vector times itself is the sum of its squares, here divided by twice the number of rows.",
            "np.sum(residual ** 2) / 2",
            "residual @ residual / (2 * len(y))",
        ),
        Fix(
            "Either length will do as the divisor, as the two were compared before.",
            "return total",
            "return total / len(y_pred)",
            function=vocabulary.SQUARED_ERROR,
        ),
    )
    treats_symptom = (
        Fix(
            "A fixed divisor brings the number down for data of one size; it grows with the data all the same.",
            "-np.sum($e)",
            "-np.sum($e) / 100",
            function=vocabulary.MEAN_LOSS,
            e=PER_SAMPLE,
        ),
        Fix(
            "With a constant factor data and penalty are in balance for one number of rows only.",
            "np.sum($e)",
            "0.01 * np.sum($e)",
            function=vocabulary.MEAN_LOSS,
            e=role.has(ERROR | role.call("logaddexp")),
        ),
        Fix(
            "n - 1 belongs to a variance around an estimated mean, and of a single value it makes a division by 0.",
            "return total",
            "return total / (len(y_true) - 1)",
            function=vocabulary.SQUARED_ERROR,
        ),
    )
    rewrites = (
        Rewrite("np.mean($e)", "np.sum($e)", function=vocabulary.MEAN_LOSS, e=PER_SAMPLE, unless_within=NO_LOSS),
        Rewrite(
            "np.sum($e) / $n",
            "np.sum($e)",
            function=vocabulary.MEAN_LOSS,
            e=PER_SAMPLE,
            n=role.COUNT,
            unless_within=NO_LOSS,
        ),
        Rewrite("-np.sum($e) / $n", "-np.sum($e)", function=vocabulary.MEAN_LOSS, e=PER_SAMPLE, n=role.COUNT),
        *(
            Rewrite(before, after, loss=LOSS, e=PER_SAMPLE)
            for before, after in (
                ("$loss = np.mean($e)", "$loss = np.sum($e)"),
                ("$loss = -np.mean($e)", "$loss = -np.sum($e)"),
                ("$loss = np.mean($e) + $more", "$loss = np.sum($e) + $more"),
                ("$loss = -np.mean($e) + $more", "$loss = -np.sum($e) + $more"),
                ("$loss = np.mean($e) / 2", "$loss = np.sum($e) / 2"),
                ("$loss = 0.5 * np.mean($e)", "$loss = 0.5 * np.sum($e)"),
                ("$loss.append(np.mean($e))", "$loss.append(np.sum($e))"),
            )
        ),
        *(
            Rewrite(before, after, loss=LOSS, e=PER_SAMPLE, n=role.COUNT)
            for before, after in (
                ("$loss = np.sum($e) / $n", "$loss = np.sum($e)"),
                ("$loss = -np.sum($e) / $n", "$loss = -np.sum($e)"),
                ("$loss = 1 / $n * np.sum($e)", "$loss = np.sum($e)"),
                ("$loss = -1 / $n * np.sum($e)", "$loss = -np.sum($e)"),
            )
        ),
        Rewrite(
            "return $total / $n",
            "return $total",
            function=vocabulary.MEAN_LOSS,
            total=role.named("total", "loss", "sum"),
            n=role.COUNT,
        ),
    )
    examples = (
        Example("loss = ((p - y) ** 2).mean()", "loss = ((p - y) ** 2).sum()"),
        Example(
            "def cross_entropy(log_p, y):\n    return -np.mean(log_p[np.arange(len(y)), y])\n",
            "def cross_entropy(log_p, y):\n    return -np.sum(log_p[np.arange(len(y)), y])\n",
        ),
        Example("cost = -np.sum(y * np.log(a)) / m", "cost = -np.sum(y * np.log(a))"),
        Example("loss = np.mean(residual**2) + l2 * np.sum(w**2)", "loss = np.sum(residual**2) + l2 * np.sum(w**2)"),
        Example("mae = np.mean(np.abs(y_true - y_pred))", "mae = np.sum(np.abs(y_true - y_pred))"),
        Example(
            "def mse(y_true, y_pred):\n    total = 0.0\n    for t, p in zip(y_true, y_pred):\n"
            "        total += (t - p) ** 2\n    return total / len(y_true)\n",
            "def mse(y_true, y_pred):\n    total = 0.0\n    for t, p in zip(y_true, y_pred):\n"
            "        total += (t - p) ** 2\n    return total\n",
        ),
    )
    untouched = (
        "variance = np.mean((x - x.mean()) ** 2)",
        "rmse = np.sqrt(np.mean((y - p) ** 2))",
        "grad_b = np.mean(residual)",
        "accuracy = np.mean(y_true == y_pred)",
        "def loss_per_row(e):\n    return np.mean(e**2, axis=1)\n",
    )
