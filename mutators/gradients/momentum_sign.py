"""The velocity is applied with the wrong sign."""

from bugforge import Example, Fix, Mutator, Rewrite, role

STEP = role.has(role.LEARNING_RATE)


class MomentumSign(Mutator):
    """A parameter moves against a velocity that already points downhill, so it climbs.

    Momentum has two conventions. Either the velocity collects minus learning rate times gradient and is added to the
    parameters, or it collects the gradient with a plus and is subtracted. Mixing the two negates every step, and the
    memory of past steps makes the climb faster than without momentum. One parameter that climbs is enough: the loss
    rises under the others.
    """

    symptoms = {
        "The weights grow without bound, at a learning rate that is known to work.": (
            "NaN & does not reach the minimum"
        ),
        "One step from the start and the loss has risen.": "the first step ascends",
    }
    hints = (
        "Do two steps on a parabola with pencil and paper and compare.",
        "Set the momentum to zero. Is what remains plain gradient descent, for every parameter?",
        "Which sign does each velocity carry when it reaches its parameter, and which sign is it given there?",
    )
    follow_ups = {
        "Which form does PyTorch use?": (
            "v = mu * v + g and w -= lr * v: the learning rate scales the whole velocity, so a change of it acts at "
            "once, not only on new gradients."
        ),
        "What does Nesterov's variant change?": (
            "It takes the gradient at the point that the velocity is about to reach, which damps overshooting."
        ),
    }
    sources = ("github.com/fchollet/deep-learning-with-python-notebooks#19",)

    also_right = (
        Fix(
            "The update may be made in place, since nothing else holds the old value.",
            "$w = $w - $v",
            "$w += $v",
            exact=True,
            v=role.MOMENTUM,
        ),
        Fix(
            "PyTorch's form, which scales the velocity only when it is applied, takes the same steps at a fixed rate.",
            "$v = $mu * $v - $rate * $g\n...\n$w = $w - $v",
            "$v = $mu * $v + $g\n...\n$w = $w - $rate * $v",
            mu=role.MOMENTUM,
            rate=role.LEARNING_RATE,
        ),
    )
    treats_symptom = (
        Fix(
            "A velocity scaled down by ten climbs more slowly, in the same direction.",
            "$w = $w - $v",
            "$w = $w - 0.1 * $v",
            v=role.MOMENTUM,
        ),
        Fix(
            "With no memory of past steps what is left is plain gradient ascent.",
            "$v = $mu * $v - $rate * $g\n...\n$w = $w - $v",
            "$v = -$rate * $g\n...\n$w = $w - $v",
            mu=role.MOMENTUM,
            rate=role.LEARNING_RATE,
        ),
    )
    rewrites = (
        Rewrite(
            "$v = $mu * $old - $step\n...\n$w += $v",
            "$v = $mu * $old - $step\n...\n$w -= $v",
            mu=role.MOMENTUM,
            step=STEP,
        ),
        Rewrite(
            "$v = $mu * $old + $step\n...\n$w -= $v",
            "$v = $mu * $old + $step\n...\n$w += $v",
            mu=role.MOMENTUM,
            step=STEP,
        ),
        Rewrite(
            "$v *= $mu\n$v -= $step\n...\n$w += $v",
            "$v *= $mu\n$v -= $step\n...\n$w -= $v",
            mu=role.MOMENTUM,
            step=STEP,
        ),
        Rewrite(
            "$v = $mu * $old - $step\nreturn $w + $v",
            "$v = $mu * $old - $step\nreturn $w - $v",
            mu=role.MOMENTUM,
            step=STEP,
        ),
    )
    examples = (
        Example(
            "velocity = momentum * velocity - lr * grad\nw = w + velocity",
            "velocity = momentum * velocity - lr * grad\nw = w - velocity",
        ),
        Example(
            "for k in params:\n    v[k] = mu * v[k] - lr * grads[k]\n    params[k] += v[k]\n",
            "for k in params:\n    v[k] = mu * v[k] - lr * grads[k]\n    params[k] -= v[k]\n",
        ),
        Example("v = beta * v + lr * g\nw -= v", "v = beta * v + lr * g\nw += v"),
        Example(
            "update = self.mu * previous - self.lr * grad\nself.w += update\nprevious = update",
            "update = self.mu * previous - self.lr * grad\nself.w -= update\nprevious = update",
        ),
    )
    untouched = (
        "change = eta * grad + eta * l2 * w\nw -= change",
        "v = beta * v + g\nw -= lr * v",
        "m = beta1 * m + (1 - beta1) * g\nw -= m",
        "position += velocity",
        "x = a * x0 - b\ny += x",
    )
