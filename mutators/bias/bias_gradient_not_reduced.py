"""The gradient of the biases is summed over the units as well."""

from collections.abc import Iterator

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, role

BIAS_GRADIENT = (role.BIAS & role.GRADIENT) | role.named("db", "dbias", "dintercept", "gb", "nabla_b", "delta_b")
BIAS_STEP = role.that(
    lambda term: term.kind == "update" and term.value in ("+", "-") and role.BIAS.holds(term.children[0])
)
BOUND = role.that(lambda term: term.kind == "assign" and BIAS_GRADIENT.holds(term.children[0]))
APPENDED = role.that(
    lambda term: term.kind == "call" and term.value == "append" and BIAS_GRADIENT.holds(term.children[0].children[0])
)


class BiasGradientNotReduced(Mutator):
    """One number, summed over rows and units, stands for the gradient of all the biases of a layer.

    A bias enters every row of the batch, so its gradient is a sum over the rows; but each unit has a bias of its own,
    and the sum must not run over the units. A full sum is a scalar that broadcasts against the vector of biases, so
    all of them take the same step. Under softmax and cross-entropy the errors of a row add up to 0, and the biases of
    the output layer do not move at all.
    """

    symptoms = {
        "It trains, but the gradient check fails, and only for the biases.": (
            "gradient is not the slope & a step by hand is missed"
        ),
    }
    hints = (
        "Give every parameter a finite-difference check, entry by entry.",
        "Compare the shape of each gradient with the shape of what it is subtracted from.",
        "Over which axis does a bias repeat itself in the forward pass? Only that one is summed in the backward pass.",
    )
    follow_ups = {
        "Why does nothing crash?": (
            "A scalar broadcasts against a vector of any length, so the update runs and keeps the shape of the bias."
        ),
        "With which network is the wrong sum right?": (
            "With a layer of one unit, as at the output of a binary classifier: there is nothing to keep apart."
        ),
    }
    sources = ("github.com/rasbt/stat453-deep-learning-ss21#5",)

    also_right = (
        Fix(
            "Ones times the errors add up the rows and keep a sum for each unit.",
            "for $z, $W in $layers:\n    ...\n    $grads.append(np.sum($delta))\n    ...\n...\n"
            "$grads.append(np.sum($delta))",
            "for $z, $W in $layers:\n    ...\n    $grads.append(np.ones(len($delta)) @ $delta)\n    ...\n...\n"
            "$grads.append(np.ones(len($delta)) @ $delta)",
        ),
        Fix(
            "einsum drops the index of the rows and leaves that of the units.",
            "for $z, $W in $layers:\n    ...\n    $grads.append(np.sum($delta))\n    ...\n...\n"
            "$grads.append(np.sum($delta))",
            'for $z, $W in $layers:\n    ...\n    $grads.append(np.einsum("ij->j", $delta))\n    ...\n...\n'
            '$grads.append(np.einsum("ij->j", $delta))',
        ),
    )
    treats_symptom = (
        Fix(
            "Every gradient has the shape of its bias now, and still one value for all units.",
            "for $z, $W in $layers:\n    ...\n    $grads.append(np.sum($delta))\n    ...\n...\n"
            "$grads.append(np.sum($delta))",
            "for $z, $W in $layers:\n    ...\n    $grads.append(np.full($delta.shape[1], $delta.sum()))\n    ...\n...\n"
            "$grads.append(np.full($delta.shape[1], $delta.sum()))",
        ),
        Fix(
            "The errors are divided by the number of rows already; a mean over the rows divides a second time.",
            "for $z, $W in $layers:\n    ...\n    $grads.append(np.sum($delta))\n    ...\n...\n"
            "$grads.append(np.sum($delta))",
            "for $z, $W in $layers:\n    ...\n    $grads.append($delta.mean(axis=0))\n    ...\n...\n"
            "$grads.append($delta.mean(axis=0))",
        ),
    )
    rewrites = tuple(
        Rewrite(f"np.{reduction}($delta, axis={axis}, $*rest)", f"np.{reduction}($delta, $*rest)")
        for reduction in ("sum", "mean")
        for axis in (0, 1)
    )
    examples = (
        Example("db = delta.sum(axis=0)", "db = delta.sum()"),
        Example("grad_b2 = np.sum(dz2, axis=0, keepdims=True) / n", "grad_b2 = np.sum(dz2, keepdims=True) / n"),
        Example("db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)", "db1 = 1 / m * np.sum(dZ1, keepdims=True)"),
        Example("grads_b.append(delta.sum(axis=0))", "grads_b.append(delta.sum())"),
        Example("self.bias -= lr * np.mean(delta, axis=0)", "self.bias -= lr * np.mean(delta)"),
    )
    untouched = (
        "mu = X.mean(axis=0)",
        "grad_w = (X * residual[:, None]).sum(axis=0)",
        "db = residual.mean()",
        "self.B = self.B / self.B.sum(axis=1)[:, None]",
        "centers.append(X[members].mean(axis=0))",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        index = code.canonical
        for change in super().mutate(code):
            call = next(term for term in index.by_kind["call"] if term.node is change.node)
            if any((BOUND | BIAS_STEP | APPENDED).holds(term) for term in index.ancestors(call)):
                yield change
