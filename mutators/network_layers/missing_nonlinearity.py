"""The activation between two layers is gone."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Program, Rewrite, place, vocabulary

NAMES = (
    "relu",
    "tanh",
    "sigmoid",
    "leaky_relu",
    "elu",
    "gelu",
    "selu",
    "silu",
    "swish",
    "softplus",
    "activation",
    "act",
)


class MissingNonlinearity(Mutator):
    """Two affine layers follow each other without an activation, so together they are one affine layer.

    A product of weight matrices is a weight matrix: without a nonlinear step in between, depth adds parameters and no
    expressive power. The network may still train, and on nearly linear data well, but it cannot bend a decision
    boundary and never learns XOR. A backward pass that still applies the activation's slope has wrong gradients on
    top.
    """

    symptoms = {
        "With a hidden layer it does no better than a straight line, on data that need a curve.": (
            "training ends at a higher loss & score too low"
        ),
    }
    hints = (
        "Try to learn XOR.",
        "Take two inputs and the point halfway between them. Is its score always the mean of the other two?",
        "Write the whole forward pass as one formula and simplify it.",
    )
    follow_ups = {
        "Is a deep linear network of any use?": (
            "As a model it equals one layer. As an object of study it is useful: its loss is not convex and its "
            "training dynamics resemble those of real networks. A narrow layer also bounds the rank."
        ),
        "Why is there usually no activation after the last layer?": (
            "Logits and regression outputs must be able to take any value; softmax or sigmoid belong to the loss."
        ),
    }
    sources = (
        "github.com/YujiaBao/ls#1",
        "github.com/aymericdamien/TensorFlow-Examples#209",
        "github.com/somepago/saint#23",
    )

    forward = ~place.function(vocabulary.BACKWARD)
    also_right = (
        Fix(
            "The activation may be applied where the layer is fed, without a name for its result.",
            "$a = $zs[-1]\n$zs.append($a @ $W + $b)",
            "$zs.append(np.tanh($zs[-1]) @ $W + $b)",
        ),
    )
    treats_symptom = (
        Fix(
            "A ReLU bends too, so depth counts again, but the formula and the backward pass are those of tanh.",
            "$a = $zs[-1]",
            "$a = np.maximum(0, $zs[-1])",
        ),
        Fix(
            "Clipping is no tanh: it is linear up to 1 and flat beyond, which the backward pass does not know.",
            "$a = $zs[-1]",
            "$a = np.clip($zs[-1], -1, 1)",
        ),
    )
    rewrites = (
        Rewrite("np.maximum(0, $z)", "$z"),
        Rewrite("np.maximum($z, 0)", "$z"),
        Rewrite("np.where($z > 0, $z, 0)", "$z"),
        *(Rewrite(f"{name}($z)", "$z") for name in NAMES),
        *(Rewrite(f"$owner.{name}($z)", "$z") for name in NAMES),
    )
    examples = (
        Example("out = np.maximum(0, x @ W1) @ W2", "out = x @ W1 @ W2"),
        Example("a1 = np.tanh(X @ W1 + b1)\nz2 = a1 @ W2 + b2", "a1 = X @ W1 + b1\nz2 = a1 @ W2 + b2"),
        Example(
            "for W, b in zip(weights, biases):\n    a = self.activation(a @ W + b)\n",
            "for W, b in zip(weights, biases):\n    a = a @ W + b\n",
        ),
        Example(
            "def forward(self, x):\n    x = self.fc1(x)\n    x = F.relu(x)\n    return self.fc2(x)\n",
            "def forward(self, x):\n    x = self.fc1(x)\n    return self.fc2(x)\n",
        ),
        Example("A1 = sigmoid(Z1)\nZ2 = np.dot(W2, A1) + b2", "A1 = Z1\nZ2 = np.dot(W2, A1) + b2"),
    )
    untouched = (
        "p = sigmoid(X @ w + b)",
        "a = np.tanh(z)\ngrad = a.T @ delta\nslope = 1 - a**2",
        "gate = sigmoid(x @ W)\nh = gate * c",
        "counts = np.maximum(counts, 0)",
        "def backward(z):\n    a = np.tanh(z)\n    return delta @ a\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        for change in super().mutate(code):
            if self.forward.holds(code, change.node) and self._is_fed_forward(code, change.node):
                yield change

    def _is_fed_forward(self, code: Code, call: cst.CSTNode) -> bool:
        """Whether the activation goes into another affine map."""
        program = code.program
        if self._is_layer_input(program, call):
            return True
        place = program.parents[call]
        if not isinstance(place, cst.Assign):
            return False
        target = place.targets[0].target
        name: cst.CSTNode = target
        while isinstance(name, cst.Subscript):
            name = name.value
        repeats = any(isinstance(around, (cst.For, cst.While)) for around in program.ancestors(call))
        reads = code.scopes.reads_of if repeats else code.scopes.reads_after
        uses = [self._with_index(program, read) for read in reads(program.text(name), place)]
        return any(
            program.text(use) == program.text(target) and self._is_layer_input(program, use)
            for use in uses
            if use is not target
        )

    def _with_index(self, program: Program, name: cst.CSTNode) -> cst.CSTNode:
        """The name with the indices behind it."""
        while isinstance(around := program.parents[name], cst.Subscript) and around.value is name:
            name = around
        return name

    def _is_layer_input(self, program: Program, node: cst.CSTNode) -> bool:
        """Whether the node is a factor of a product of matrices, or what a layer is called with."""
        place = program.parents[node]
        if isinstance(place, cst.BinaryOperation):
            return isinstance(place.operator, cst.MatrixMultiply)
        if isinstance(place, cst.Arg):
            call = program.parents[place]
            called = program.text(call.func) if isinstance(call, cst.Call) else ""
            return called.rpartition(".")[2] in ("dot", "matmul") or vocabulary.LAYER_CALL.fullmatch(called) is not None
        return isinstance(place, cst.Attribute) and place.attr.value == "dot"
