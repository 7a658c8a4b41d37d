"""Roles: what a metavariable may stand for, told by the names that the field gives such things.

A role is a constraint on a term. `role.BIAS | role.EPSILON` is either, `~role.TARGET` is anything else,
`has(role.LEARNING_RATE)` is any expression with one in it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bugforge.mutation.term import Term


@dataclass(frozen=True)
class Constraint:
    """A test that a term must pass before a metavariable may stand for it."""

    holds: Callable[[Term], bool]

    def __or__(self, other: "Constraint") -> "Constraint":
        return Constraint(lambda term: self.holds(term) or other.holds(term))

    def __and__(self, other: "Constraint") -> "Constraint":
        return Constraint(lambda term: self.holds(term) and other.holds(term))

    def __invert__(self) -> "Constraint":
        return Constraint(lambda term: not self.holds(term))


def has(inner: Constraint) -> Constraint:
    """Any expression with a part that fulfils `inner`."""
    return Constraint(lambda term: any(inner.holds(part) for part in term))


def number(*values: float) -> Constraint:
    """A literal number; one of `values`, where any are given."""
    wanted = {repr(float(value)) for value in values}
    return Constraint(lambda term: term.kind == "number" and (not wanted or term.value in wanted))


def named(*stems: str) -> Constraint:
    """A variable, attribute or string key whose name is a stem, starts or ends with one, or numbers one.

    `named("bias", "b")` holds for b, b1, self.bias_, bias_out, params["b2"] and biases[-1], but not for beta.
    """
    stem = "|".join(map(re.escape, stems))
    fits = re.compile(rf"(?:.*_)?(?:{stem})(?:e?s)?\d*(?:_.*)?").fullmatch
    return Constraint(lambda term: (text := spelled(term)) is not None and fits(text) is not None)


def exactly(*names: str) -> Constraint:
    """A variable or attribute of exactly one of these names."""
    return Constraint(lambda term: spelled(term) in names)


def spelled(term: Term) -> str | None:
    """The word that tells what a term is: its name, attribute, string key, or that of what it indexes."""
    if term.kind in ("name", "attribute"):
        transposed = term.kind == "attribute" and term.value == "T"
        return spelled(term.children[0]) if transposed else term.value.strip("_").lower()
    if term.kind == "subscript":
        index = term.children[1]
        return index.value.strip("'\"").lower() if index.kind == "string" else spelled(term.children[0])
    return None


def _is_affine(term: Term) -> bool:
    """A product of matrices, alone or in a sum."""
    parts = term.children if term.kind == "chain" and term.value == "+" else (term,)
    return any(part.kind == "binary" and part.value == "@" for part in parts)


def _is_penalty(term: Term) -> bool:
    """A multiple of the weights, `penalty @ w`, or `regularizer.grad(w)`; no squared norm, which belongs to a loss."""
    weights = WEIGHT & ~REGULARIZATION
    parts = list(term)
    if not any(map(REGULARIZATION.holds, parts)) or not any(map(weights.holds, parts)):
        return False
    if term.kind == "call":
        return term.value in ("grad", "gradient", "derivative")
    if (term.kind, term.value) == ("binary", "@"):
        left, right = term.children
        return weights.holds(right) and not any(map(weights.holds, left))
    is_product = (term.kind, term.value) in (("chain", "*"), ("binary", "/"))
    return is_product and not any(part.kind == "call" or part.value in ("@", "**") for part in parts)


NAME = Constraint(lambda term: term.kind == "name")
VARIABLE = Constraint(lambda term: spelled(term) is not None)
LITERAL = Constraint(lambda term: term.kind in ("number", "string"))

BIAS = named("b", "bias", "intercept", "beta0", "beta_0", "offset")
EPSILON = named("eps", "epsilon", "tiny", "smooth", "smoothing") | Constraint(
    lambda term: term.kind == "number" and 0 < abs(float(term.value)) <= 1e-3
)
REGULARIZATION = named(
    "lam", "lambda", "lambd", "lamda", "lmbda", "alpha", "l2", "reg", "regularization", "regularisation", "regularizer",
    "ridge", "weight_decay", "penalty",
)  # fmt: skip
LEARNING_RATE = named("lr", "eta", "learning_rate", "step_size", "nu") | exactly("rate")
MOMENTUM = named("momentum", "mu", "beta", "velocity", "v")
GRADIENT = named("grad", "gradient", "g", "dw", "db", "d_w", "d_b", "dtheta")
WEIGHT = named("w", "weight", "theta", "coef", "beta", "params", "kernel")
COUNT = named("n", "m", "n_samples", "n_rows", "size", "batch_size") | Constraint(lambda term: term.kind == "count")
TARGET = named("y", "y_true", "target", "label", "t", "truth", "actual")
PREDICTION = named(
    "y_hat", "yhat", "y_pred", "pred", "predicted", "prediction", "p", "prob", "proba", "logit", "output", "scores"
) | Constraint(_is_affine)
RESIDUAL = named("residual", "error", "err", "delta", "diff", "resid")
TRAIN = named("train", "training", "fit", "tr")
HELD_OUT = named("test", "val", "valid", "validation", "holdout", "held_out", "dev", "te")
MODEL_CALL = re.compile(r"_?(sigmoid|softmax|expit|logistic|hypothesis|predict\w*|forward\w*)")
FORECAST = (
    PREDICTION
    | named("a", "h", "out", "hypothesis")
    | Constraint(lambda term: term.kind == "call" and MODEL_CALL.fullmatch(term.value) is not None)
)
TRUTH = (TARGET | named("one_hot", "onehot")) & ~PREDICTION
AXIS = number(0, 1, -1)
PENALTY = Constraint(_is_penalty)
PRODUCT = Constraint(lambda term: term.kind == "chain" and term.value == "*")
