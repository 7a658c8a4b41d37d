"""The scores are returned as they are, without the sigmoid or softmax."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

SQUASHERS = ("sigmoid", "_sigmoid", "stable_sigmoid", "expit", "logistic", "softmax", "_softmax", "stable_softmax")
ACTIVATIONS = (*SQUASHERS, *(f"$owner.{name}" for name in SQUASHERS))


class MissingOutputActivation(Mutator):
    """The last step from score to probability is missing, so what comes out is a logit.

    A linear score can be any number. The sigmoid or the softmax turns it into a probability: between 0 and 1, adding
    up to 1 over the classes. Neither changes which is larger, the sigmoid among samples, the softmax among the classes
    of one sample, so rankings and labels by argmax stay as they were. Whatever reads the number itself is wrong: 0.5
    is no longer even odds between two classes (a logit of 0 is), expected costs and the log loss mean nothing, and
    calibration is gone.
    """

    symptoms = {
        "The probabilities of a row do not add up to one.": "probabilities do not add up",
        "What should be probabilities are numbers of any size, and their mean is off.": (
            "mean probability is off & labels do not follow the scores"
        ),
    }
    hints = (
        "What are the smallest and the largest value that come out?",
        "Which of your metrics look at the order of the outputs only, and which at their values?",
        "What turns a score of any size into a probability, and where is it applied?",
    )
    follow_ups = {
        "Which metrics do not notice?": (
            "Those that depend on order only: AUC and average precision of a binary score, top-k and accuracy by "
            "argmax of several. Log loss, Brier score and any fixed threshold do."
        ),
        "When should a model return logits on purpose?": (
            "When the loss takes logits, which is more stable than the log of a probability. Then the activation "
            "belongs in predict_proba, and exactly once."
        ),
    }
    sources = ("github.com/facebookresearch/SentEval#20", "github.com/dmlc/xgboost#12272")

    also_right = (
        Fix(
            "A tanh of half the score, moved to between 0 and 1, is the sigmoid.",
            "return X @ self.weights + self.bias",
            "return 0.5 * (1 + np.tanh(0.5 * (X @ self.weights + self.bias)))",
            function=vocabulary.PREDICTING,
        ),
        Fix(
            "Exponentials of the log-softmax are the probabilities too, and safe for large logits.",
            "return forward($*parts)",
            "return np.exp(log_softmax(forward($*parts)))",
            function=vocabulary.PREDICTING,
        ),
    )
    treats_symptom = (
        Fix(
            "With the threshold at 0 the labels come right, and `predict_proba` still returns scores.",
            "self.predict_proba(X) >= 0.5",
            "self.predict_proba(X) >= 0",
        ),
        Fix(
            "A clip brings the scores into the range, but every one outside of it becomes a certainty.",
            "return X @ self.weights + self.bias",
            "return np.clip(X @ self.weights + self.bias, 0, 1)",
            function=vocabulary.PREDICTING,
        ),
        Fix(
            "Divided by their sum the scores of a row add up to 1, but they can be negative.",
            "return forward($*parts)",
            "scores = forward($*parts)\nreturn scores / scores.sum(axis=1, keepdims=True)",
            function=vocabulary.PREDICTING,
        ),
    )
    rewrites = (
        *(
            Rewrite(f"return {activation}($z, $*how)", "return $z", function=vocabulary.PREDICTING)
            for activation in ACTIVATIONS
        ),
        *(
            Rewrite(
                f"$p = {activation}($z, $*how)\nreturn $result",
                "$p = $z\nreturn $result",
                function=vocabulary.PREDICTING,
                z=~role.NAME,
            )
            for activation in ACTIVATIONS
        ),
        *(Rewrite(f"{activation}($z, $*how) >= $t", "$z >= $t", t=role.number(0.5)) for activation in ACTIVATIONS),
        *(Rewrite(f"{activation}($z, $*how) > $t", "$z > $t", t=role.number(0.5)) for activation in ACTIVATIONS),
        Rewrite("return 1 / (1 + np.exp(-$z))", "return $z", function=vocabulary.PREDICTING),
    )
    examples = (
        Example(
            "def predict_proba(X, w):\n    return sigmoid(X @ w)\n",
            "def predict_proba(X, w):\n    return X @ w\n",
        ),
        Example(
            "class Net:\n    def forward(self, x):\n        return self.softmax(x @ self.W + self.b)\n",
            "class Net:\n    def forward(self, x):\n        return x @ self.W + self.b\n",
        ),
        Example(
            "def predict_proba(self, X):\n    p = expit(X @ self.coef_)\n    return np.column_stack([1 - p, p])\n",
            "def predict_proba(self, X):\n    p = X @ self.coef_\n    return np.column_stack([1 - p, p])\n",
        ),
        Example("labels = (sigmoid(X @ w + b) >= 0.5).astype(int)", "labels = (X @ w + b >= 0.5).astype(int)"),
        Example(
            "def hypothesis(theta, X):\n    return 1 / (1 + np.exp(-(X @ theta)))\n",
            "def hypothesis(theta, X):\n    return X @ theta\n",
        ),
    )
    untouched = (
        "def gate(x):\n    return sigmoid(x @ W)\n",
        "residual = sigmoid(X @ w) - y",
        "weights = softmax(scores)",
        "def forward(z):\n    return np.tanh(z)\n",
        "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n",
        "class Sigmoid:\n    def forward(self, x):\n        return 1 / (1 + np.exp(-x))\n",
        "def forward(x):\n    h = sigmoid(x @ W1)\n    z = h @ W2\n    return z\n",
    )
