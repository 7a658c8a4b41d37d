"""Roles: what a metavariable may stand for, told by the names that the field gives such things.

A role is a constraint on a term. `role.BIAS | role.EPSILON` is either, `~role.TARGET` is anything else,
`has(role.LEARNING_RATE)` is any expression with one in it.
"""

import re

import libcst as cst

from bugforge.errors import PatternError
from bugforge.mutation import vocabulary
from bugforge.mutation.canonical import Canonical
from bugforge.mutation.code import Code
from bugforge.mutation.constraint import Constraint as Constraint
from bugforge.mutation.constraint import that as that
from bugforge.mutation.pattern import Match, Matcher, Pattern
from bugforge.mutation.tables import GROUPED as GROUPED
from bugforge.mutation.tables import MASK as MASK
from bugforge.mutation.tables import OF_TABLE as OF_TABLE
from bugforge.mutation.term import Term, name


def has(inner: Constraint) -> Constraint:
    """Any expression with a part that fulfils `inner`."""
    return Constraint(lambda term, code: any(inner.test(part, code) for part in term))


def number(*values: float) -> Constraint:
    """A literal number; one of `values`, where any are given."""
    wanted = {repr(float(value)) for value in values}
    return that(lambda term: term.kind == "number" and (not wanted or term.value in wanted))


def named(*stems: str) -> Constraint:
    """A variable, attribute or string key whose name is a stem, starts or ends with one, or numbers one.

    `named("bias", "b")` holds for b, b1, self.bias_, bias_out, params["b2"] and biases[-1], but not for beta.
    """
    stem = "|".join(map(re.escape, stems))
    fits = re.compile(rf"(?:.*_)?(?:{stem})(?:e?s)?\d*(?:_.*)?").fullmatch
    return that(lambda term: (text := spelled(term)) is not None and fits(text) is not None)


def called(words: re.Pattern[str]) -> Constraint:
    """A variable or a call whose name has one of the words."""
    return that(lambda term: words.search(term.value) is not None)


def variable(text: str) -> Term:
    """A variable of this name, to be asked for its role where no program is at hand."""
    return name(text)


def exactly(*names: str) -> Constraint:
    """A variable or attribute of exactly one of these names."""
    return that(lambda term: spelled(term) in names)


def keyword(*names: str) -> Constraint:
    """An argument of a call that is given by one of these keywords."""
    return that(lambda term: term.kind == "arg" and term.value in names)


def call(*names: str | re.Pattern[str], on: Constraint | None = None) -> Constraint:
    """A call of a function or method of one of these names; `on` is what the method must be called on."""

    def test(term: Term, code: Code | None) -> bool:
        if term.kind != "call":
            return False
        if not any(n == term.value if isinstance(n, str) else n.fullmatch(term.value) for n in names):
            return False
        func = term.children[0]
        return on is None or (func.kind == "attribute" and on.test(func.children[0], code))

    return Constraint(test)


def part_of(position: int | None, *calls: str) -> Constraint:
    """A variable that holds what a call of one of these names returns: the part at a position, or all of it."""

    def test(term: Term, code: Code | None) -> bool:
        if code is None or term.kind != "name" or term.node is None:
            return False
        binding = code.scopes.binding(term.value, term.node)
        if binding is None or binding.position != position or not isinstance(binding.value, cst.Call):
            return False
        func = binding.value.func
        called = func.attr if isinstance(func, cst.Attribute) else func
        return isinstance(called, cst.Name) and called.value in calls

    return Constraint(test)


def like(*patterns: str, **constraints: Constraint) -> Constraint:
    """An expression that one of the patterns matches, under constraints on their metavariables.

    Raises PatternError for a pattern that is not an expression.
    """
    wanted = [Pattern(text) for text in patterns]
    if wrong := [p.text for p in wanted if not p.is_expression]:
        raise PatternError(f"the pattern {wrong[0]!r} is no expression")

    def test(term: Term, code: Code | None) -> bool:
        matcher = Matcher(constraints, code)
        return any(next(matcher.match(p.expression, term, Match()), None) for p in wanted)

    return Constraint(test)


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


CALL = that(lambda term: term.kind == "call")


def _is_counted(term: Term, code: Code | None) -> bool:
    """A variable that is the first of `X.shape`, or was assigned a count."""
    if code is None or term.kind != "name" or term.node is None:
        return False
    binding = code.scopes.binding(term.value, term.node)
    if binding is None or binding.value is None:
        return False
    value = code.canonical.term(binding.value)
    if value.kind == "count":
        return True
    return (value.kind, value.value) == ("attribute", "shape") and binding.position == 0


def _has_entries(term: Term, code: Code | None) -> bool:
    """Whether the program takes entries or the length of it: it is indexed, or has a count."""
    if code is None:
        return False
    held = [t.children[0] for kind in ("subscript", "count") for t in code.canonical.by_kind.get(kind, ())]
    return any(part.key == term.key for part in held)


def _is_transform(term: Term, code: Code | None, depth: int = 3) -> bool:
    """Something made of a Fourier transform, here or where its variables get their values."""
    for part in term:
        if part.kind == "call" and (vocabulary.FOURIER.fullmatch(part.value) or part.value in ("conj", "conjugate")):
            return True
        if code is not None and depth and part.kind == "name" and part.node is not None:
            binding = code.scopes.binding(part.value, part.node) if code.scopes.is_variable(part.node) else None
            value = binding.value if binding else None
            if value and _is_transform(Canonical(code.program.aliases).term(value), code, depth - 1):
                return True
    return False


ARRAY = Constraint(_has_entries)
NAME = that(lambda term: term.kind == "name")
VARIABLE = that(lambda term: spelled(term) is not None)
LITERAL = that(lambda term: term.kind in ("number", "string"))

BIAS = named("b", "bias", "intercept", "beta0", "beta_0", "offset")
EPSILON = named("eps", "epsilon", "tiny", "smooth", "smoothing") | that(
    lambda term: term.kind == "number" and 0 < abs(float(term.value)) <= 1e-3
)
REGULARIZATION = named(
    "lam", "lambda", "lambd", "lamda", "lmbda", "alpha", "l2", "reg", "regularization", "regularisation", "regularizer",
    "ridge", "weight_decay", "penalty",
)  # fmt: skip
LEARNING_RATE = named("lr", "eta", "learning_rate", "step_size", "nu") | exactly("rate")
SAMPLING_RATE = named(
    "fs", "f_s", "sr", "rate", "sample_rate", "sampling_rate", "samplerate", "sfreq", "srate", "framerate"
)
WINDOW = named("w", "win", "window", "taper", "hann", "hanning", "hamming")
TAPS = named("h", "k", "kernel", "taps", "tap", "fir", "impulse_response", "coef", "coeff", "coefficient", "filt", "b")
HOP = named("hop", "step", "stride", "shift", "hop_length", "hop_size")
TRANSFORM = Constraint(_is_transform)
MOMENTUM = named("momentum", "mu", "beta", "velocity", "v")
GRADIENT = named("grad", "gradient", "g", "dw", "db", "d_w", "d_b", "dtheta")
STANDARD_ERROR = named("se", "sem", "stderr", "std_err", "standard_error", "std_error", "se_diff")
VARIANCE = call("var", "variance", "pvariance", "nanvar") | named("var", "variance", "s2", "sigma2", "sq_sd")
WEIGHT = named("w", "weight", "theta", "coef", "beta", "params", "kernel")
COUNT = (
    that(lambda term: term.kind == "count")
    | Constraint(_is_counted)
    | named("n", "m", "n_samples", "n_rows", "size", "batch_size")
)
TARGET = named("y", "y_true", "target", "label", "t", "truth", "actual")
PREDICTION = named(
    "y_hat", "yhat", "y_pred", "pred", "predicted", "prediction", "p", "prob", "proba", "logit", "output", "scores"
) | that(_is_affine)
RESIDUAL = named("residual", "error", "err", "delta", "diff", "resid")
TRAIN = named("train", "training", "fit", "tr")
BACKPROPAGATED = that(  # an error, or the derivative of a loss by something, on its way back through the layers
    lambda term: (
        term.kind in ("name", "attribute", "subscript")
        and vocabulary.DERIVATIVE.fullmatch(spelled(term) or "") is not None
    )
)
HELD_OUT = named("test", "val", "valid", "validation", "holdout", "held_out", "dev", "te")
FORECAST = PREDICTION | named("a", "h", "out", "hypothesis") | call(vocabulary.MODEL)
TRUTH = (TARGET | named("one_hot", "onehot")) & ~PREDICTION
AXIS = number(0, 1, -1)
PENALTY = that(_is_penalty)
PRODUCT = that(lambda term: term.kind == "chain" and term.value == "*")
