"""The activation between two layers is gone."""

import re
from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Mutator, Program, Rewrite

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
LAYER = re.compile(r"(self\.)?(fc|dense|linear|lin|layer|affine|out|output|head|proj)_?\w{0,8}")
BACKWARD = re.compile(r"back|grad|deriv|delta")


class MissingNonlinearity(Mutator):
    """Two affine layers follow each other without an activation, so together they are one affine layer.

    A product of weight matrices is a weight matrix: without a nonlinear step in between, depth adds parameters and no
    expressive power. The network still trains, and on nearly linear data well, but it cannot bend a decision boundary
    and never learns XOR. A backward pass that still applies the activation's slope has wrong gradients on top.
    """

    difficulty = "easy"
    symptom = "No matter how many layers I add, the accuracy is that of logistic regression."
    hints = (
        "Try to learn XOR.",
        "Take two inputs and the point halfway between them. Is its output always the mean of the other two?",
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
        program = code.program
        for change in super().mutate(code):
            call = change.node
            is_backward = BACKWARD.search(program.function_of(call).rpartition(".")[2])
            if is_backward or not self._is_fed_forward(program, call):
                continue
            place = program.parents[call]
            if not isinstance(place, cst.Assign) or program.text(place.targets[0].target) not in map(
                program.text, (argument.value for argument in call.args)
            ):
                yield change
            elif removal := program.delete(program.statement_of(call)):
                yield Change(call, (removal,))

    def _is_fed_forward(self, program: Program, call: cst.CSTNode) -> bool:
        """Whether the activation goes into another affine map."""
        if self._is_layer_input(program, call):
            return True
        place = program.parents[call]
        if not isinstance(place, cst.Assign):
            return False
        name, function = program.text(place.targets[0].target), program.function_of(call)
        repeats = any(isinstance(around, (cst.For, cst.While)) for around in program.ancestors(call))
        return any(
            isinstance(use, (cst.Name, cst.Attribute, cst.Subscript))
            and self._is_layer_input(program, use)
            and program.text(use) == name
            and (repeats or program.span(use)[0] > program.span(place)[1])
            and program.function_of(use) == function
            for use in program.parents
        )

    def _is_layer_input(self, program: Program, node: cst.CSTNode) -> bool:
        """Whether the node is a factor of a product of matrices, or what a layer is called with."""
        place = program.parents[node]
        if isinstance(place, cst.BinaryOperation):
            return isinstance(place.operator, cst.MatrixMultiply)
        if isinstance(place, cst.Arg):
            called = program.text(program.parents[place].func) if isinstance(program.parents[place], cst.Call) else ""
            return called.rpartition(".")[2] in ("dot", "matmul") or LAYER.fullmatch(called) is not None
        return isinstance(place, cst.Attribute) and place.attr.value == "dot"
