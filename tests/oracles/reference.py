"""Reference implementations by name, and the yardsticks that several of them are held against."""

from pathlib import Path
from types import ModuleType

import numpy as np
from hypothesis import settings
from sklearn.neural_network import MLPClassifier

REFERENCE_IMPLS = Path(__file__).resolve().parents[2] / "reference_impls"
relaxed = settings(deadline=None, derandomize=True, max_examples=30)


def implementations(problem: str) -> list[str]:
    """Names of the implementations of a problem, whatever its topic."""
    paths = REFERENCE_IMPLS.glob(f"*/{problem}/*.py")
    return sorted(path.stem for path in paths if path.name != "demo.py" and not path.stem.startswith("test_"))


def load(problem: str, implementation: str) -> ModuleType:
    """A fresh module of reference_impls/<topic>/<problem>/<implementation>.py.

    Raises FileNotFoundError, with the names there are, when there is no such file.
    """
    path = next(REFERENCE_IMPLS.glob(f"*/{problem}/{implementation}.py"), None)
    if path is None:
        raise FileNotFoundError(
            f"{problem} has no {implementation}.py in {REFERENCE_IMPLS}: {implementations(problem)}"
        )
    module = ModuleType(f"{problem}.{implementation}")
    # Executed, not imported: an import would leave bytecode among the sources.
    exec(compile(path.read_text(encoding="utf-8"), path, "exec"), module.__dict__)
    return module


def slope(function, at, h=1e-6):
    """Derivative of function at an array by central differences; the array's shape, then that of the value."""
    steps = h * np.eye(at.size).reshape(-1, *at.shape)
    differences = [function(at + step) - function(at - step) for step in steps]
    return np.reshape(differences, at.shape + np.shape(differences[0])) / (2 * h)


class Network:
    """scikit-learn's perceptron with given parameters, moved by plain gradient descent on given batches.

    weights and biases: lists, one array a layer; no hidden layer and one output make a logistic regression.
    """

    def __init__(self, weights, biases, classes, learning_rate, l2):
        self.l2 = l2
        self.model = MLPClassifier(
            [len(b) for b in biases[:-1]],
            activation="tanh",
            solver="sgd",
            learning_rate_init=learning_rate,
            momentum=0.0,
        )
        self.model.partial_fit(np.zeros((len(classes), len(weights[0]))), classes, classes=classes)
        self.model.coefs_ = [W.copy() for W in weights]
        self.model.intercepts_ = [b.copy() for b in biases]

    def step(self, X, y):
        """One step on the batch; returns the loss before it. The library divides its penalty by the batch size."""
        self.model.set_params(alpha=self.l2 * len(y))
        return self.model.partial_fit(X, y).loss_
