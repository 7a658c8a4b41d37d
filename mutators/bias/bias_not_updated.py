"""The update of the bias is gone."""

from collections.abc import Iterator

from bugforge import Change, Code, Example, Fix, Mutator, role

RUNNING = role.GRADIENT | role.named("velocity", "v", "m", "s", "cache", "delta", "nabla", "sum", "total", "acc")
BIAS = role.BIAS & ~role.has(RUNNING)
SLOPE = (role.WEIGHT & ~role.has(RUNNING)) | role.exactly("m", "slope")
UPDATE = role.that(lambda term: term.kind == "update" and term.value in ("+", "-"))
REBUILT = role.has(role.LEARNING_RATE) & role.that(
    lambda term: term.kind == "assign" and term.children[0].key in {part.key for part in term.children[-1]}
)
STEP = UPDATE | REBUILT


class BiasNotUpdated(Mutator):
    """Every step moves the weights and leaves the bias where it was initialised.

    The bias is a parameter like the others, with a gradient of its own. Kept at its first value, mostly 0, it is a
    constant that is added but never learned: the model passes through that constant at the origin and the weights do
    the work of both, as far as the columns allow.
    """

    symptoms = {
        "When I add a constant to every target, the predictions do not follow.": (
            "predictions do not move with the target"
        ),
        "The biases are as they were before training, and the loss stays high.": (
            "the bias stays behind & training ends at a higher loss"
        ),
        "The predictions average to one thing and the targets to another, on the very rows it was fitted to.": (
            "mean probability is off"
        ),
    }
    hints = (
        "Fit features that are all 0 to a constant target. What should be learned, and what is?",
        "Compare every parameter before and after a single step.",
        "For each gradient that is computed, point to the line that uses it.",
    )
    follow_ups = {
        "On which data would nobody notice?": (
            "With a squared error, on centred features and a centred target: there the best intercept is 0, where it "
            "started. With two classes, on clouds that mirror each other in the origin."
        ),
        "Name a test that guards against it for any model.": (
            "Take one step from a point that is not stationary and check that no parameter has kept its value."
        ),
    }
    sources = ("github.com/glouw/tinn#30", "github.com/nntrainer/nntrainer#219")

    also_right = (
        Fix(
            "One assignment for both moves the bias by its own velocity as well.",
            "$w = $w + velocity_w",
            "$w, self.bias = $w + velocity_w, self.bias + velocity_b",
        ),
        Fix(
            "The bias is an attribute, so binding a new number to it is as good as an update in place.",
            "self.weights -= $rate * $grad",
            "self.weights -= $rate * $grad\nself.bias = self.bias - $rate * grad_b",
        ),
        Fix(
            "Writing through a slice changes the array in the list, as an update in place does.",
            "W -= $rate * $grad",
            "W -= $rate * $grad\nb[:] = b - $rate * grad_b",
        ),
    )
    treats_symptom = (
        Fix(
            "The mean of the targets is the right bias only where every column averages to 0.",
            "self.bias = 0.0\nself.loss_history = $start",
            "self.bias = np.mean(y)\nself.loss_history = $start",
        ),
        Fix(
            "More iterations bring the weights to where they settle without a bias, and no further.",
            "for $i in range(self.n_iterations):\n    ...\n    self.weights -= $step\n    ...",
            "for $i in range(10 * self.n_iterations):\n    ...\n    self.weights -= $step\n    ...",
        ),
        Fix(
            "This binds the name b to a new array; the one in the list of biases stays as it was.",
            "W -= $rate * $grad",
            "W -= $rate * $grad\nb = b - $rate * grad_b",
        ),
    )
    examples = (
        Example(
            "for _ in range(n_steps):\n    w -= lr * grad_w\n    b -= lr * grad_b\n",
            "for _ in range(n_steps):\n    w -= lr * grad_w\n",
        ),
        Example(
            "def step(self, dw, db):\n    self.b = self.b - self.lr * db\n    self.W = self.W - self.lr * dw\n",
            "def step(self, dw, db):\n    self.W = self.W - self.lr * dw\n",
        ),
        Example(
            "def step(X, e, w, b):\n    dw = X.T @ e\n    db = e.sum()\n    w -= 0.1 * dw\n    b -= 0.1 * db\n",
            "def step(X, e, w, b):\n    dw = X.T @ e\n    w -= 0.1 * dw\n",
        ),
        Example("weights += update * x\nbias += update\n", "weights += update * x\n"),
        Example(
            "self.W = [w - eta * g for w, g in zip(self.W, dW)]\nself.b = [b - eta * g for b, g in zip(self.b, db)]\n",
            "self.W = [w - eta * g for w, g in zip(self.W, dW)]\n",
        ),
    )
    untouched = (
        "b -= 1\na -= 1\n",
        "grad_w += x * e\ngrad_b += e\n",
        "grads['W'] += x * e\ngrads['b'] += e\n",
        "v_w = mu * v_w - lr * dw\nv_b = mu * v_b - lr * db\n",
        "w -= lr * dw\nx -= offset\n",
        "W = W.reshape(4, 2)\nb = b.reshape(2)\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        program = code.program
        for block in code.canonical.by_kind["block"]:
            steps = [term for term in block.children if STEP.holds(term)]
            if not any(SLOPE.holds(step.children[0]) for step in steps):
                continue
            for step in steps:
                deletion = program.delete(program.statement_of(step.origin)) if BIAS.holds(step.children[0]) else None
                if deletion:
                    yield Change(step.origin, (deletion,))
