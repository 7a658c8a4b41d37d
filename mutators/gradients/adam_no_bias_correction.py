"""An average that began at zero is used as it is."""

from bugforge import Example, Fix, Mutator, Rewrite, role

BETA = role.named("beta", "b", "beta1", "beta2", "b1", "b2", "decay", "rho", "momentum")
STEP = role.named("t", "step", "n_step", "iteration", "n_update", "k", "count", "steps", "time")


class AdamNoBiasCorrection(Mutator):
    """Nothing makes up for the start at zero of an average, so it is far too small at first.

    After one step an average with beta = 0.9 holds a tenth of the gradient, one with 0.999 a thousandth of its square.
    The step is the first over the root of the second, so at the start it is ten times too short without the correction
    of the gradient's average and about thirty times too long without that of the squares. On long runs both fade, which
    is why tests of convergence do not see it.
    """

    symptoms = {
        "The first steps, worked out by hand, have another length.": "a step by hand is missed",
        "Under a steady gradient the steps are not of one length.": "what is kept from step to step is wrong",
    }
    hints = (
        "How long is the very first step, and how long should it be?",
        "Feed in the gradient 1 again and again and print both averages. What should they be, and when are they?",
        "An average that starts at zero is dragged towards zero by its start. Work out for the first and the second "
        "step which part of the weight the start still has in it, for a fast average and for a slow one, and then "
        "look at how the two are put together.",
    )
    follow_ups = {
        "Could the averages start at the first gradient instead?": (
            "Yes, for the mean; for the squares the first one would weigh a thousand times more than later ones."
        ),
        "Which runs hide it?": "Long ones: after some thousand steps both corrections are close to one.",
    }
    sources = (
        "github.com/eriklindernoren/ML-From-Scratch#35",
        "github.com/karpathy/convnetjs#107",
    )

    also_right = (
        Fix(
            "The weight that the start still has is taken out by hand.",
            "mean = self.means[i]",
            "mean = self.means[i] / (1 - np.power(self.beta1, self.t))",
        ),
    )
    treats_symptom = (
        Fix(
            "Another learning rate suits the beginning and not the rest.",
            "$w - self.learning_rate * $rest",
            "$w - 0.3 * self.learning_rate * $rest",
        ),
    )
    rewrites = (
        Rewrite("$m_hat = $m / (1 - $b ** $t)", "$m_hat = $m", b=BETA, t=STEP),
        Rewrite("return $m / (1 - $b ** $t)", "return $m", b=BETA, t=STEP),
        Rewrite(
            "$rate * np.sqrt(1 - $c ** $t) / (1 - $b ** $t)",
            "$rate",
            b=BETA,
            c=BETA,
            t=STEP,
        ),
    )
    examples = (
        Example(
            "def adam(m, v, t):\n    m_hat = m / (1 - beta1 ** t)\n    return m_hat, v, t\n",
            "def adam(m, v, t):\n    m_hat = m\n    return m_hat, v, t\n",
        ),
        Example(
            "lr_t = lr * np.sqrt(1 - b2**t) / (1 - b1**t)",
            "lr_t = lr",
        ),
        Example(
            "def corrected(self, m):\n    return m / (1 - self.beta**self.t)\n",
            "def corrected(self, m):\n    return m\n",
        ),
    )
    untouched = (
        "total = a / (1 - q**n)",
        "x = m / (1 - beta)",
        "m_hat = m / (1 - gamma**t)",
    )
