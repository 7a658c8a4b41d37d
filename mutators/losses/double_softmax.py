"""Softmax is applied to scores that get a softmax anyway."""

from collections.abc import Collection, Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, role, vocabulary, walk

LOSSES = ("cross_entropy", "cross_entropy_loss", "softmax_loss", "softmax_cross_entropy", "cross_entropy_with_logits")
NORMALISERS = ("softmax", "log_softmax", "logsumexp", *LOSSES)
LOGITS = ~role.has(role.call(*NORMALISERS))


class DoubleSoftmax(Mutator):
    """Probabilities are handed to a step that expects logits and takes the softmax itself.

    The softmax of logits can come as close to 0 and 1 as it likes; the softmax of probabilities cannot. Its inputs lie
    between 0 and 1, so of K classes the winner gets e / (e + K - 1) at most: 0.58 of three, 0.23 of ten. The
    cross-entropy therefore has a floor that it never goes below. A gradient taken through both is scaled down, most of
    all for confident samples, which ask for ever larger logits in vain. The largest score stays the largest, so labels
    and accuracy need not tell.
    """

    symptoms = {
        "The loss stays too high after training, as if the network could not become sure of anything.": (
            "training ends at a higher loss"
        ),
    }
    hints = (
        "Let the last layer give 30 for the right class and 0 for the others. What should the loss be?",
        "What is the smallest loss that you can provoke at all? How does it depend on the number of classes?",
        "Follow one row from the last layer to the loss and count how often it is normalised.",
    )
    follow_ups = {
        "Is a second log_softmax as harmful as a second softmax?": (
            "No, it changes nothing: the log-probabilities of a row already have a logsumexp of 0, so subtracting it "
            "again subtracts 0."
        ),
        "When may training still work with it?": (
            "Where the gradient has a formula of its own, it does not notice. A gradient through both still raises the "
            "logit of the right class; it is only small, and hardly rewards confidence."
        ),
    }
    sources = (
        "github.com/tflearn/tflearn#562",
        "github.com/nfmcclure/tensorflow_cookbook#86",
        "github.com/MicrosoftDocs/ml-basics#48",
    )

    also_right = (
        Fix(
            "Logits minus their logsumexp are the log probabilities; that is all log_softmax does.",
            "log_softmax(softmax($z))",
            "$z - np.logaddexp.reduce($z, axis=-1, keepdims=True)",
        ),
        Fix(
            "A name for the list on the way is harmless, as long as its last entry is returned untouched.",
            "return softmax(pre_activations($*parts)[-1])",
            "zs = pre_activations($*parts)\nreturn zs[-1]",
        ),
        Fix(
            "A log-softmax may be taken twice: log probabilities have a logsumexp of 0, so nothing changes.",
            "cross_entropy(softmax($z), $y)",
            "cross_entropy(log_softmax($z), $y)",
        ),
    )
    treats_symptom = (
        Fix(
            "Stretched probabilities can reach a lower loss, but they are still no logits.",
            "softmax($z)",
            "10 * softmax($z)",
        ),
        Fix(
            "This takes the softmax once, but its logarithm is -inf as soon as a probability rounds to 0.",
            "log_softmax(softmax($z))",
            "np.log(softmax($z))",
        ),
    )
    rewrites = (
        *(Rewrite(f"{loss}($z, $y)", f"{loss}(softmax($z), $y)", z=LOGITS) for loss in LOSSES),
        Rewrite(
            "log_softmax($z, $*how)", "log_softmax(softmax($z), $*how)", function=vocabulary.LOSS_OF_LOGITS, z=LOGITS
        ),
        Rewrite("return $z", "return softmax($z)", function=vocabulary.LOGITS, z=LOGITS),
    )
    examples = (
        Example(
            "def softmax(z):\n    e = np.exp(z - z.max())\n    return e / e.sum()\n\n\n"
            "def cross_entropy(z, y):\n    return -np.log(softmax(z)[np.arange(len(y)), y]).mean()\n\n\n"
            "loss = cross_entropy(X @ W + b, y)\n",
            "def softmax(z):\n    e = np.exp(z - z.max())\n    return e / e.sum()\n\n\n"
            "def cross_entropy(z, y):\n    return -np.log(softmax(z)[np.arange(len(y)), y]).mean()\n\n\n"
            "loss = cross_entropy(softmax(X @ W + b), y)\n",
        ),
        Example(
            "def softmax(z):\n    e = np.exp(z - z.max())\n    return e / e.sum()\n\n\n"
            "def cross_entropy(logits, y):\n    return -log_softmax(logits)[y]\n",
            "def softmax(z):\n    e = np.exp(z - z.max())\n    return e / e.sum()\n\n\n"
            "def cross_entropy(logits, y):\n    return -log_softmax(softmax(logits))[y]\n",
        ),
        Example(
            "def softmax(z):\n    e = np.exp(z - z.max())\n    return e / e.sum()\n\n\n"
            "def forward(X, W):\n    return X @ W\n\n\ndef predict_proba(X, W):\n"
            "    return softmax(forward(X, W))\n",
            "def softmax(z):\n    e = np.exp(z - z.max())\n    return e / e.sum()\n\n\n"
            "def forward(X, W):\n    return softmax(X @ W)\n\n\ndef predict_proba(X, W):\n"
            "    return softmax(forward(X, W))\n",
        ),
    )
    untouched = (
        "loss = cross_entropy(logits, y)",
        "def softmax(z):\n    e = np.exp(z - z.max())\n    return e / e.sum()\n\n\n"
        "def cross_entropy(p, y):\n    return -np.log(p[y])\n\n\nloss = cross_entropy(p, y)\n",
        "def softmax(z):\n    e = np.exp(z - z.max())\n    return e / e.sum()\n\n\n"
        "def forward(X, W):\n    return X @ W\n",
        "def softmax(z):\n    e = np.exp(z - z.max())\n    return e / e.sum()\n\n\n"
        "def forward(X, W):\n    return softmax(X @ W)\n\n\np = softmax(forward(X, W))\n",
        "def forward(X, W):\n    return X @ W\n\n\nloss = cross_entropy(forward(X, W), y)\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """Only where the module has a softmax to call, and where another normalisation is sure to follow."""
        program = code.program
        functions = {function.name.value: function for function in program.functions}
        if "softmax" not in functions.keys() | program.aliases.keys():
            return
        normalising = {name for name, function in functions.items() if _calls(function, NORMALISERS)}
        for change in super().mutate(code):
            if isinstance(change.node, cst.Return):
                wanted = any(
                    _takes(call, program.function_of(change.node)) for call in _calls(program.module, NORMALISERS)
                )
            else:
                wanted = _name(change.node) in normalising | {"log_softmax"}
            if wanted:
                yield change


def _name(node: cst.CSTNode) -> str:
    """The name of the function that a call calls; empty for a method or anything else."""
    return node.func.value if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) else ""


def _calls(node: cst.CSTNode, names: Collection[str]) -> list[cst.Call]:
    """All calls in the node of a function of one of these names."""
    return [part for part in walk(node) if isinstance(part, cst.Call) and _name(part) in names]


def _takes(call: cst.Call, producer: str) -> bool:
    """Whether the call's first argument is the result of the producer."""
    return bool(call.args) and _name(call.args[0].value) == producer
