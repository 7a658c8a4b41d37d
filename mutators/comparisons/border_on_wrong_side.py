"""A comparison takes in the border that it should leave out, or the other way round."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Term, role, vocabulary

AT_MOST = 3  # places of one program
LIMIT = role.named(
    "min", "max", "limit", "depth", "level", "capacity", "patience", "quota", "budget", "minimum", "maximum"
)
CUT = role.named("threshold", "cut", "cutoff", "thr")
COUNTED = (
    role.COUNT
    | role.has(role.call("sum", "len", "count_nonzero") | role.that(lambda term: term.kind == "count"))
    | role.named("depth", "level", "count", "size", "rounds", "wait", "epoch", "iteration", "length", "rank", "support")
)
TOLERANCE = role.named("tol", "tolerance", "atol", "rtol") | role.EPSILON
DRAWN = role.has(role.call(vocabulary.DRAWING))
MORE = {cst.LessThan: cst.LessThanEqual, cst.GreaterThan: cst.GreaterThanEqual}
LESS = {cst.LessThanEqual: cst.LessThan, cst.GreaterThanEqual: cst.GreaterThan}
SPELLED = {cst.LessThan: "<", cst.LessThanEqual: "<=", cst.GreaterThan: ">", cst.GreaterThanEqual: ">="}


class BorderOnWrongSide(Mutator):
    """Where both sides of a comparison are equal, the program goes the wrong way.

    A strict comparison and one with an equals sign differ in a single case, in which the value lies exactly on the
    border. With numbers drawn at random that case never comes; with counts, depths, ties, zeros and thresholds that
    are values of the data it comes all the time.
    """

    symptoms = {
        "A score that is just the threshold gets the other label.": (
            "ties are counted wrongly & labels do not follow the scores"
        ),
        "Where a size or a depth just meets its setting, the tree grows otherwise than it should.": (
            "the tree grows otherwise"
        ),
    }
    hints = (
        "Which inputs lie exactly on a border? Make one for each limit of this program and see what becomes of it.",
        "Go through the comparisons and say for each which way the equal case goes, and which way it ought to go.",
        "For each limit write down three cases: just below, just on it, just above. The statement decides the one in "
        "the middle, with words such as at least, at most, more than, fewer than. One comparison of the program sends "
        "that middle case the other way.",
    )
    follow_ups = {
        "Why do random data not find it?": (
            "Two real numbers that are drawn independently are equal with probability zero. Tests of a border have to "
            "place a value on it."
        ),
        "Where does it matter most in practice?": (
            "Where equality is common: counts, integer ratings, zeros after a rectifier, ties between scores, and "
            "thresholds that are taken from the scores themselves."
        ),
    }
    sources = (
        "github.com/iamtrask/Grokking-Deep-Learning#13",
        "github.com/tensorflow/playground#19",
        "github.com/cdeanj/resistomeanalyzer#6",
    )

    also_right = (
        Fix(
            "As many as asked for or more is the same as not fewer.",
            "len($rows) > self.min_samples_split",
            "not len($rows) < self.min_samples_split",
        ),
        Fix(
            "What is not below the threshold is at it or above it.",
            "($scores > threshold).astype(int)",
            "1 - ($scores < threshold).astype(int)",
        ),
    )
    treats_symptom = (
        Fix(
            "With the default it is right again, and every other setting has no effect.",
            "len($rows) > self.min_samples_split",
            "len($rows) > 1",
        ),
    )
    examples = (
        Example("def relu_derivative(out):\n    return out > 0\n", "def relu_derivative(out):\n    return out >= 0\n"),
        Example("labels = (scores >= threshold).astype(int)", "labels = (scores > threshold).astype(int)"),
        Example("if depth >= self.max_depth:\n    stop()\n", "if depth > self.max_depth:\n    stop()\n"),
        Example("if count < min_samples:\n    skip()\n", "if count <= min_samples:\n    skip()\n"),
    )
    untouched = (
        "if change < tol:\n    stop()\n",
        "p = p[p > 0]",
        "if rng.random() < limit:\n    f()\n",
        "left = X[:, j] <= threshold",
        "if loss < best:\n    best = loss\n",
        "y = np.where(z >= 0, a, b)",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        found = sorted(_borders(code), key=lambda pair: pair[0])
        yield from (change for _, change in found[:AT_MOST])


def _borders(code: Code) -> Iterator[tuple[int, Change]]:
    """Every comparison whose sides may well be equal, and whether its border is a limit or a number."""
    program = code.program
    for node in program.parents:
        if not isinstance(node, cst.Comparison) or len(node.comparisons) != 1:
            continue
        operator = node.comparisons[0].operator
        wanted = MORE.get(type(operator)) or LESS.get(type(operator))
        if wanted is None:
            continue
        sides = [code.canonical.term(side) for side in (node.left, node.comparisons[0].comparator)]
        if any(TOLERANCE.holds(side, code) or DRAWN.holds(side, code) for side in sides):
            continue
        rank = _rank(code, node, sides)
        if rank is not None:
            sign = program.span(operator)
            spelled = program.source[sign[0] : sign[1]]
            edit = program.replace(operator, spelled.replace(SPELLED[type(operator)], SPELLED[wanted]))
            yield rank, Change(node, (edit,))


def _rank(code: Code, node: cst.Comparison, sides: list[Term]) -> int | None:
    """How plain the border is to see; None where the two sides are hardly ever equal, or it makes no difference."""
    for side, other in (sides, sides[::-1]):
        if role.number(0).holds(side) and _is_slope(code, node):
            return 0
        if other.kind == "subscript" and side.kind == "subscript" and other.children[0].key == side.children[0].key:
            return 1  # neighbors in one array
        if LIMIT.holds(side) and COUNTED.holds(other, code):
            return 1
        if CUT.holds(side) and role.PREDICTION.holds(other):
            return 2
    return None


def _is_slope(code: Code, node: cst.Comparison) -> bool:
    """Whether a mask is a derivative, or a factor of one."""
    own = code.program.function_of(node).rpartition(".")[2]
    masks = (cst.Return, cst.BinaryOperation, cst.Call, cst.Arg, cst.Attribute, cst.Index)
    return vocabulary.GRADIENT_FUNCTION.search(own) is not None and isinstance(code.program.parents[node], masks)
