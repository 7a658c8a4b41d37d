"""The logarithm is taken of probabilities that may be 0."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Program, Rewrite, role, walk

COMPUTED = role.that(lambda term: term.kind in ("call", "binary", "chain", "subscript"))
BOUNDED = ("np.clip($p, $low, $*high)", "np.maximum($p, $low)", "np.maximum($low, $p)")
LOGARITHMS = ("log", "log2", "log10", "xlogy")


class LogOfZero(Mutator):
    """Nothing keeps the probabilities away from 0 before their logarithm is taken, so the loss is inf or NaN.

    A model that is certain returns probabilities of exactly 0 and 1, because the sigmoid and the softmax round there.
    log(0) is -inf. For a certain and wrong prediction the loss is then inf; where y log p + (1 - y) log(1 - p) is
    written out, a certain and right one is worse, since 0 * -inf is NaN, and the mean of the batch with it. A bound
    such as 1e-15 costs nothing: the logarithm of the smallest probability is then about -35, large but a number.
    """

    symptoms = {
        "One row of which the model was certain, and wrong, and the loss of the whole batch is infinite.": (
            "NaN & fails at certain predictions"
        ),
        "A warning about a division by zero in the log comes up when a prediction is certain.": (
            "warns & fails at certain predictions"
        ),
    }
    hints = (
        "Is the model very unsure or very sure when the loss stops being finite?",
        "Evaluate the loss by hand, term by term, for a label whose probability is exactly 0, then exactly 1.",
        "What is the logarithm of 0 in floating point, what is 0 times it, and what would keep it finite?",
    )
    follow_ups = {
        "Where log(1 - p) is taken too, why is 1e-15 a better bound than 1e-300?": (
            "The other side must work as well: 1 - 1e-15 is still less than 1 in float64, 1 - 1e-300 is not. In "
            "float32 even 1e-8 is too small for that."
        ),
        "Which form of the loss needs no bound?": (
            "One that starts from logits: log p = -softplus(-z) and log(1 - p) = -softplus(z), or z - logsumexp(z) for "
            "several classes. The probability is never formed."
        ),
        "Does a bound bias training?": (
            "Only where the probability is beyond it: the gradient of a clipped value is 0 there, so a certain and "
            "wrong sample stops teaching if the loss is differentiated through the clip."
        ),
    }
    sources = (
        "github.com/tiny-dnn/tiny-dnn#410",
        "github.com/apache/mxnet#4594",
        "github.com/mkocabas/focal-loss-keras#17",
    )

    also_right = (
        Fix(
            "A bound inside each logarithm keeps both terms finite.",
            "return -np.mean($y * np.log($p) + (1 - $y) * np.log(1 - $p))",
            "return -np.mean($y * np.log(np.maximum($p, 1e-15)) + (1 - $y) * np.log(np.maximum(1 - $p, 1e-15)))",
        ),
        Fix(
            "A tiny constant added to the probability does as well, and leaves ordinary losses as they are.",
            "return -np.mean(np.log($p))",
            "return -np.mean(np.log($p + 1e-15))",
        ),
    )
    treats_symptom = (
        Fix(
            "One 0 * -inf makes the mean NaN, and calling that 0 throws away the loss of all other rows.",
            "return -np.mean($y * np.log($p) + (1 - $y) * np.log(1 - $p))",
            "return np.nan_to_num(-np.mean($y * np.log($p) + (1 - $y) * np.log(1 - $p)))",
        ),
        Fix(
            "Skipping NaN skips the rows that are certain and right; a certain and wrong one still costs inf.",
            "return -np.mean($y * np.log($p) + (1 - $y) * np.log(1 - $p))",
            "return -np.nanmean($y * np.log($p) + (1 - $y) * np.log(1 - $p))",
        ),
        Fix(
            "The rows with probability 0 are the worst of all, and here they are left out of the mean.",
            "return -np.mean(np.log($p))",
            "return -np.mean(np.log($p[$p > 0]))",
        ),
        Fix(
            "The logarithm of 1 + p is finite, and is no loss: a probability of 1 ought to cost nothing.",
            "return -np.mean(np.log($p))",
            "return -np.mean(np.log1p($p))",
        ),
    )
    rewrites = (
        *(Rewrite(f"np.log({bounded})", "np.log($p)", low=role.EPSILON) for bounded in BOUNDED),
        Rewrite("np.log($p + $eps)", "np.log($p)", eps=role.EPSILON),
    )
    guards = (
        *(Rewrite(f"$p = {bounded}", "", low=role.EPSILON) for bounded in BOUNDED),
        *(Rewrite(f"$q = {bounded}", "$q = $p", p=COMPUTED, low=role.EPSILON) for bounded in BOUNDED),
    )
    examples = (
        Example(
            "def log_loss(y, p):\n    p = np.clip(p, 1e-15, 1 - 1e-15)\n"
            "    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))\n",
            "def log_loss(y, p):\n    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))\n",
        ),
        Example(
            "def loss(y, p):\n    eps = 1e-12\n    p = np.clip(p, eps, 1 - eps)\n    return -np.log(p[y]).mean()\n",
            "def loss(y, p):\n    return -np.log(p[y]).mean()\n",
        ),
        Example(
            "def loss(z, y):\n    p = np.clip(sigmoid(z), 1e-7, 1 - 1e-7)\n    return -y * np.log(p)\n",
            "def loss(z, y):\n    p = sigmoid(z)\n    return -y * np.log(p)\n",
        ),
        Example(
            "def loss(X, w, y):\n    z = X @ w\n    p = np.clip(sigmoid(z), 1e-12, 1)\n    return -np.log(p[y])\n",
            "def loss(X, w, y):\n    z = X @ w\n    p = sigmoid(z)\n    return -np.log(p[y])\n",
        ),
        Example("loss = -np.log(probs[rows, y] + 1e-9).mean()", "loss = -np.log(probs[rows, y]).mean()"),
        Example("nll = -np.mean(np.log(np.maximum(p, 1e-15)))", "nll = -np.mean(np.log(p))"),
        Example("log_p = np.log(np.clip(p, EPS, None))", "log_p = np.log(p)"),
    )
    untouched = (
        "p = np.clip(p, 1e-15, 1 - 1e-15)\nbrier = np.mean((p - y) ** 2)\n",
        "x = np.clip(x, 0, 255)\ny = np.log(x)\n",
        "feature = np.log(1 + income)",
        "scale = np.sqrt(variance + 1e-8)",
        "z = np.log(np.maximum(count, 1))",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """A bound set by a statement of its own is removed where a later logarithm depends on it."""
        yield from super().mutate(code)
        for rewrite in self.guards:
            for change in rewrite.changes(code):
                statement = code.program.statement_of(change.node)
                if _meets_log(code.program, statement):
                    yield change


def _meets_log(program: Program, statement: cst.CSTNode) -> bool:
    """Whether a later statement of the block takes the logarithm of what this one binds."""
    block, bound = program.siblings(statement), program.writes(statement)
    later = block[block.index(statement) + 1 :]
    return any(bound & program.reads(call) for other in later for call in _logarithms(other))


def _logarithms(node: cst.CSTNode) -> Iterator[cst.Call]:
    for part in walk(node):
        if isinstance(part, cst.Call):
            called = part.func.attr if isinstance(part.func, cst.Attribute) else part.func
            if isinstance(called, cst.Name) and called.value in LOGARITHMS:
                yield part
