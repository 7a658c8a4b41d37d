"""The log-likelihood is returned where its negative is meant."""

from bugforge import Example, Fix, Mutator, Rewrite, Term, role, vocabulary

LOSS = role.named("loss", "cost", "nll", "ce", "bce", "cross_entropy", "xent", "objective", "total")
LOGGED = role.named("logp", "log_p", "log_prob", "log_proba", "log_likelihood", "loglik", "log_lik", "logprob") | (
    role.call(vocabulary.LOGARITHM)
)


def _is_entropy(term: Term) -> bool:
    """p log p, the summand of an entropy, which has a sign of its own."""
    if (term.kind, term.value) != ("chain", "*"):
        return False
    logs = [part.children[1].children[0] for part in term.children if part.kind == "call" and LOGGED.holds(part)]
    return any(factor.key == inside.key for factor in term.children for inside in logs)


OF_LOGS = role.has(LOGGED) & ~role.has(role.that(_is_entropy))
REDUCED = role.call("mean", "sum", "average") & OF_LOGS


class LossSignMissingMinus(Mutator):
    """The loss lacks its minus: it is the log-likelihood, which is highest where the model is best.

    The logarithm of a probability is at most 0. The mean over the samples is negative, and better predictions bring it
    closer to 0, that is up. A loss must go down when the predictions improve, so the log-likelihood is negated.
    Without the minus whatever minimises this number (a line search, early stopping, the choice among several models)
    prefers the worst probabilities, and unless they are clipped there is no bottom: one that goes to 0 sends it to
    -inf.
    """

    symptoms = {
        "The loss is negative.": "loss by hand is missed",
    }
    hints = (
        "Which of two models does this number prefer: one that gives the right class 0.9, or one that gives it 0.6?",
        "Which values can a cross-entropy of labels take? Does this one stay in that range?",
        "What sign has the logarithm of a probability, and what sign should the loss have?",
    )
    follow_ups = {
        "When may training still work with it?": (
            "When the gradient is computed by a formula of its own, which has the right sign. The loss is then only "
            "reported, and nothing that trains depends on it."
        ),
        "Can a negative log-likelihood be negative without a bug?": (
            "Of labels no, since a probability is at most 1. Of continuous values yes: a density may exceed 1."
        ),
    }
    sources = (
        "github.com/nilsbore/auvlib#2",
        "github.com/cs231n/cs231n.github.io#216",
        "github.com/fastai/fastbook#478",
    )

    also_right = (
        Fix(
            "The minus may stand inside the mean, at the surprise of each sample.",
            "np.mean(np.log($p))",
            "np.mean(-np.log($p))",
        ),
        Fix(
            "Subtracting both terms is the same number as a minus in front of the mean.",
            "np.mean($y * np.log($p) + (1 - $y) * np.log(1 - $p))",
            "np.mean(-$y * np.log($p) - (1 - $y) * np.log(1 - $p))",
        ),
        Fix(
            "The logsumexp of a row minus the label's logit is the cost with its right sign from the start.",
            "log_p = log_softmax($z)\nreturn np.mean(log_p[$rows, $y])",
            "return np.mean(logsumexp($z)[:, 0] - $z[$rows, $y])",
        ),
    )
    treats_symptom = (
        Fix(
            "Cut off at 0 the loss is never negative, because it is 0 for every model.",
            "return np.mean($e)",
            "return max(0.0, np.mean($e))",
            function=vocabulary.LOSS,
            e=OF_LOGS,
        ),
        Fix(
            "A square is positive and falls when the model improves, but it is another number than the cross-entropy.",
            "return np.mean($e)",
            "return np.mean($e) ** 2",
            function=vocabulary.LOSS,
            e=OF_LOGS,
        ),
    )
    rewrites = (
        Rewrite("-$sum", "$sum", function=vocabulary.LOSS, sum=REDUCED, unless_within=("np.exp($x)",)),
        Rewrite("return -$log", "return $log", function=vocabulary.LOSS, log=LOGGED),
        Rewrite("return -($a + $b)", "return $a + $b", function=vocabulary.LOSS, a=OF_LOGS, b=OF_LOGS),
        Rewrite("$loss = -$sum", "$loss = $sum", loss=LOSS, sum=REDUCED | LOGGED),
        Rewrite("$loss = -$sum / $n", "$loss = $sum / $n", loss=LOSS, sum=REDUCED),
        Rewrite("$loss = -$sum + $penalty", "$loss = $sum + $penalty", loss=LOSS, sum=REDUCED),
        Rewrite("$loss = -($a + $b)", "$loss = $a + $b", loss=LOSS, a=OF_LOGS, b=OF_LOGS),
        Rewrite("$losses.append(-$sum)", "$losses.append($sum)", losses=LOSS, sum=REDUCED),
        Rewrite("-1 / $n * $sum", "1 / $n * $sum", n=role.COUNT, sum=OF_LOGS),
        Rewrite("-(1 / $n) * $sum", "1 / $n * $sum", n=role.COUNT, sum=OF_LOGS),
        Rewrite("$loss -= $e", "$loss += $e", loss=LOSS, e=OF_LOGS),
    )
    examples = (
        Example("nll = -np.log(p).mean()", "nll = np.log(p).mean()"),
        Example(
            "def log_loss(y, p):\n    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))\n",
            "def log_loss(y, p):\n    return np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))\n",
        ),
        Example("loss = -np.sum(log_probs[rows, y]) / n", "loss = np.sum(log_probs[rows, y]) / n"),
        Example(
            "cost = (-1 / m) * np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))",
            "cost = (1 / m) * np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))",
        ),
        Example(
            "bce = -(y * np.log(v + eps) + (1 - y) * np.log(1 - v + eps))",
            "bce = y * np.log(v + eps) + (1 - y) * np.log(1 - v + eps)",
        ),
        Example("loss -= np.log(p[i])", "loss += np.log(p[i])"),
    )
    untouched = (
        "entropy = -np.sum(p * np.log(p))",
        "perplexity = np.exp(-np.mean(np.log(p)))",
        "radius = np.sqrt(-2 * np.log(u))",
        "loss = -np.mean(reward)",
        "log_det = -np.sum(np.log(eigenvalues))",
        "loss -= learning_rate * decay",
    )
