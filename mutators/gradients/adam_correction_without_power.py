"""The correction does not know how many steps were made."""

from bugforge import Example, Fix, Mutator, Rewrite, role

BETA = role.named("beta", "b", "beta1", "beta2", "b1", "b2", "decay", "rho", "momentum")
STEP = role.named("t", "step", "n_step", "iteration", "n_update", "k", "count", "steps", "time")


class AdamCorrectionWithoutPower(Mutator):
    """An average is divided by 1 - beta at every step, which is right at the first one only.

    The weight that the start at zero still has falls as beta to the power of the number of steps, and the correction
    has to fall with it. Without the power it stays what it was at the first step: the mean is ten times too large for
    ever, or the squares a thousand times, and the steps have another length than the learning rate says.
    """

    symptoms = {
        "From the second step on I get other numbers by hand.": "a step by hand is missed",
        "Under a steady gradient the steps grow or shrink.": "what is kept from step to step is wrong",
    }
    hints = (
        "Compare the second step with your own, not the first.",
        "Feed in the gradient 1 again and again. What should the corrected average be at the tenth step?",
        "The correction makes up for something that fades with every step. Look for the number of steps in it, and "
        "say what value the correction should have in the end, when the start is forgotten, and what value it has "
        "there now.",
    )
    follow_ups = {
        "Why does a test of one step pass?": "At t = 1 beta to the power of t is beta itself.",
        "Does training still work?": (
            "Often: the step is only scaled by a constant after a while, as if the learning rate were another one."
        ),
    }
    sources = ("github.com/eriklindernoren/ML-From-Scratch#35", "github.com/ufal/npfl114#79")

    also_right = (
        Fix(
            "The power may be written as a function.",
            "$m / (1 - self.beta2)",
            "$m / (1 - np.power(self.beta2, self.t))",
        ),
        Fix(
            "Kept as a number and multiplied at every step, it would be the same power.",
            "$m / (1 - self.beta1)",
            "$m / (1 - np.prod([self.beta1] * self.t))",
        ),
    )
    treats_symptom = (
        Fix(
            "Corrected at the first step alone, all the early ones after it are too small.",
            "$m / (1 - self.beta2)",
            "($m / (1 - self.beta2) if self.t == 1 else $m)",
        ),
        Fix(
            "Without any correction the early averages are too small instead of too large.",
            "$m / (1 - self.beta1)",
            "$m / 1.0",
        ),
    )
    rewrites = (Rewrite("$m / (1 - $b ** $t)", "$m / (1 - $b)", b=BETA, t=STEP),)
    examples = (
        Example("m_hat = m / (1 - beta1 ** t)", "m_hat = m / (1 - beta1)"),
        Example(
            "self.v_hat = self.v / (1 - self.b2 ** self.t)",
            "self.v_hat = self.v / (1 - self.b2)",
        ),
        Example(
            "def debias(avg, decay, step):\n    return avg / (1.0 - np.power(decay, step)), step\n",
            "def debias(avg, decay, step):\n    return avg / (1.0 - decay), step\n",
        ),
    )
    untouched = (
        "s = a / (1 - q**n)",
        "m = beta * m + (1 - beta) * g",
        "p = 1 - b**t",
    )
