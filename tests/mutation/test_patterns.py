"""What a pattern matches, and how its rewrite is written into the text."""

import libcst as cst
import pytest

from bugforge import Code, Mutator, Rewrite, role, vocabulary
from bugforge.errors import PatternError
from bugforge.mutation.edits import edited
from bugforge.mutation.pattern import IMPORTS, Pattern


def rewritten(before, after, source, **options):
    """Every text that the rewrite makes of the source, in order."""
    code = Code(source if source.endswith("\n") else f"{source}\n", IMPORTS)
    found = [edited(code.program.source, change.edits) for change in Rewrite(before, after, **options).changes(code)]
    return [text.rstrip("\n") if not source.endswith("\n") else text for text in dict.fromkeys(found)]


ONE_FORM = [
    # before, after, source, result: one canonical form, each in the site's own spelling
    ("$w -= $e", "$w += $e", "w -= lr * g", "w += lr * g"),
    ("$w -= $e", "$w += $e", "w = w - lr * g  # step", "w = w + lr * g  # step"),
    ("np.argmin($x, $*r)", "np.argmax($x, $*r)", "i = d.argmin(axis=1)", "i = d.argmax(axis=1)"),
    ("np.argmin($x, $*r)", "np.argmax($x, $*r)", "i = np.argmin(d, 1)", "i = np.argmax(d, 1)"),
    ("$x.sum(axis=0)", "$x.sum(axis=1)", "s = np.sum(e, axis=0)", "s = np.sum(e, axis=1)"),
    ("$x.sum(axis=0)", "$x.sum(axis=1)", "s = e.sum(0)", "s = e.sum(1)"),
    ("$x.T @ $e", "$x @ $e", "g = np.dot(X.T, e)", "g = np.dot(X, e)"),
    ("$x.T @ $e", "$x @ $e", "g = X.transpose().dot(e)", "g = X.dot(e)"),
    ("$x ** 2", "$x", "v = np.square(a - b).mean()", "v = (a - b).mean()"),
    ("$g / len($y)", "$g", "g = X.T @ e / X.shape[0]", "g = X.T @ e"),
    ("$a < $b", "$a <= $b", "m = 3 > x", "m = 3 >= x"),
    ("abs($x)", "$x", "d = np.abs(a - b) * 2", "d = (a - b) * 2"),
    ("$x @ $w + $b + $*more", "$x @ $w + $*more", "z = c + X @ w + b", "z = c + X @ w"),
    ("$x @ $w + $b + $*more", "$x @ $w + $*more", "z = X @ w + b", "z = X @ w"),
    ("$a * $b", "$a", "y = p * q * r", "y = p"),
]


@pytest.mark.parametrize(("before", "after", "source", "result"), ONE_FORM[:-1])
def test_equal_programs_match_alike(before, after, source, result):
    constraints = {"b": role.BIAS, "more": role.NAME} if "$b" in before and "@" in before else {}
    assert result in rewritten(before, after, source, **constraints)


WRITTEN = [
    # only what differs is edited; parentheses appear where precedence needs them and go where it does not
    ("$a - $b", "$b - $a", "r = (X @ w - y) * 2", "r = (y - X @ w) * 2"),
    ("$x @ $y", "$x * $y", "g = np.dot(a + b, e)", "g = (a + b) * e"),
    ("$g / $n", "$g", "g = (a.T @ b + c) / n", "g = a.T @ b + c"),
    ("$g / $n", "$g", "g = k * ((a + c) / n)", "g = k * (a + c)"),
    ("-$x", "$x", "k = -(a + b) * 2", "k = (a + b) * 2"),
    ("np.logaddexp(0, $z)", "np.log(1 + np.exp($z))", "s = np.logaddexp(0, a + b)", "s = np.log(1 + np.exp(a + b))"),
    ("np.logaddexp(0, $z)", "$z ** 2", "s = np.logaddexp(0, -a)", "s = (-a) ** 2"),
    ("$f(axis=1, $*r)", "$f($*r)", "m = f(x, axis=1, k=2)", "m = f(x, k=2)"),
    ("$x.sum(axis=$a, keepdims=True)", "$x.sum(axis=$a)", "s = e.sum( axis=1 , keepdims=True )", "s = e.sum( axis=1 )"),
    ("$x.sum(axis=0)", "$x.sum(axis=0, keepdims=True)", "s = e.sum(0)", "s = e.sum(0, keepdims=True)"),
    ("f([$*a, 'y', $*b])", "f([$*a, $*b])", "f(['x', 'y', 'z'])", "f(['x', 'z'])"),
    ("f([$*a, 'y', $*b])", "f([$*a, $*b])", "f(['y'])", "f([])"),
    ("$g + $l * $w", "$g - $l * $w", "h = g + lam * w", "h = g - lam * w"),
    ("$g + $l * $w", "$g - $l * $w", "h = lam * w + g", "h = g - lam * w"),
]


@pytest.mark.parametrize(("before", "after", "source", "result"), WRITTEN)
def test_the_difference_is_written(before, after, source, result):
    constraints = {"l": role.REGULARIZATION} if "$l" in before else {}
    assert result in rewritten(before, after, source, **constraints)


def test_layout_and_comments_are_kept():
    source = "def f(x):\n    # why\n    y = [  x.max( axis = 1 ),   # rows\n          2 ]\n\n    return y   # done\n"
    assert rewritten("$x.max(axis=1)", "$x.max(axis=0)", source) == [source.replace("axis = 1", "axis = 0")]


def test_a_line_break_keeps_its_parentheses():
    source = "y = (\n    a\n    + b\n)\n"
    assert rewritten("$p + $q", "$p", source, q=role.exactly("b")) == ["y = a\n"]
    source = "y = k * (\n    a\n    + b - c\n)\n"
    assert rewritten("$p - $q", "$p", source) == ["y = k * (a\n    + b)\n"]


def test_runs_of_statements():
    source = "def f(X, rows):\n    part = X[rows]\n    if part.any():\n        m = part.mean(axis=0)\n    return m\n"
    changed = rewritten("$t = $all[$r]\n...\n$m = $t.mean($*x)", "$t = $all[$r]\n...\n$m = $all.mean($*x)", source)
    assert changed == [source.replace("part.mean", "X.mean")]


def test_a_run_is_deleted_with_its_comment():
    source = "def f(p):\n    # keep it inside\n    p = np.clip(p, 0, 1)\n    return p\n"
    assert rewritten("$p = np.clip($p, $*r)", "", source) == ["def f(p):\n    return p\n"]


def test_a_statement_alone_in_its_block_stays():
    assert rewritten("$p = np.clip($p, $*r)", "", "if bad:\n    p = np.clip(p, 0, 1)\n") == []


def test_statements_move():
    source = "for i in rows:\n    a = 1\n    b = f(\n        a\n    )\n    c = b\n"
    moved = "for i in rows:\n    b = f(\n        a\n    )\n    a = 1\n    c = b\n"
    assert rewritten("$a = 1\n$b = f($x)", "$b = f($x)\n$a = 1", source) == [moved]


def test_a_repeated_metavariable_is_one_thing():
    assert rewritten("$x - $x.mean()", "$x", "z = a - a.mean()") == ["z = a"]
    assert rewritten("$x - $x.mean()", "$x", "z = a - b.mean()") == []


def test_calls_match_exact_arguments_without_a_rest():
    assert rewritten("np.max($x)", "np.min($x)", "m = np.max(x, axis=0)") == []


def test_exact_switches_equivalences_off():
    assert rewritten("np.matmul($a, $b)", "np.dot($a, $b)", "c = np.matmul(a, b)", exact=True) == ["c = np.dot(a, b)"]
    assert rewritten("np.matmul($a, $b)", "np.dot($a, $b)", "c = a @ b", exact=True) == []


@pytest.mark.parametrize(
    ("imports", "call"),
    [("import numpy", "numpy.exp"), ("from numpy import exp", "exp"), ("import numpy as xp", "xp.exp")],
)
def test_imports_are_resolved(imports, call):
    code = Code(f"{imports}\ny = {call}(x)\n")
    changes = list(Rewrite("np.exp($x)", "$x").changes(code))
    assert [edited(code.program.source, c.edits) for c in changes] == [f"{imports}\ny = x\n"]


def test_a_template_uses_the_names_the_program_has():
    code = Code("import numpy as xp\ny = xp.logaddexp(0, x)\n")
    (change,) = Rewrite("np.logaddexp(0, $x)", "np.log(1 + np.exp($x))").changes(code)
    assert edited(code.program.source, change.edits).endswith("y = xp.log(1 + xp.exp(x))\n")
    bare = Code("from numpy import logaddexp\ny = logaddexp(0, x)\n")
    assert list(Rewrite("np.logaddexp(0, $x)", "np.log(1 + np.exp($x))").changes(bare)) == []


def test_within_and_unless_within():
    source = "a = (p - y) ** 2\nb = X.T @ (p - y)\n"
    changed = rewritten("$p - $y", "$y - $p", source, unless_within=("$_ ** 2",))
    assert changed == [source.replace("@ (p - y)", "@ (y - p)")]
    assert rewritten("$p - $y", "$y - $p", source, within=("$_ ** 2",)) == [source.replace("(p - y) **", "(y - p) **")]


def test_function_narrows_the_place():
    source = "def split(x):\n    return x.max()\n\n\ndef predict(x):\n    return x.max()\n"
    (changed,) = rewritten("$x.max()", "$x.min()", source, function=vocabulary.ASSIGNING)
    assert changed.startswith("def split(x):\n    return x.max()")


def test_from_imports_of_other_libraries_keep_their_names():
    code = Code("from sklearn.utils import shuffle\na, b = shuffle(a, b, n=1)\n")
    (change,) = Rewrite("shuffle($x, $y, $*r)", "shuffle($x, $*r), $y").changes(code)
    assert edited(code.program.source, change.edits).endswith("a, b = shuffle(a, n=1), b\n")


@pytest.mark.parametrize("text", ["$w -=", "f($x", "for $x in", "$*rest +", "f($*a, k=1, $*b)"])
def test_a_pattern_that_is_no_python_is_refused(text):
    with pytest.raises(PatternError, match=r"does not parse|two \$\*rest"):
        Rewrite(text, "$x")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("np.fill_diagonal($d, np.inf)\n...\nreturn $r", "return $r", "stands 1 times in"),
        ("$a = 1", "...\n$a = 2", "stands 0 times in"),
        ("for $i in $x:\n    ...\n    $a = 1", "for $i in $x:\n    $a = 1", "stands 1 times in"),
        ("", "$a = 1", "nothing to look for"),
        ("...", "...", "nothing to look for"),
        ("f($*x)", "f($x)", "with a star on one side"),
        ("$a + $b + $*c", "$a", r"the operands \$\*c"),
        ("$a + $b + $*c", "$a + $*c", "say in a constraint"),
    ],
)
def test_sides_that_do_not_fit_each_other_are_refused(before, after, told):
    with pytest.raises(PatternError, match=told):
        Rewrite(before, after)


def test_an_unbound_metavariable_is_refused():
    with pytest.raises(PatternError, match=r"uses \$z"):
        Rewrite("f($x)", "f($z)")
    with pytest.raises(PatternError, match=r"set on \$z"):
        Rewrite("f($x)", "$x", z=role.BIAS)


UNWRAPPED = [
    ("np.max($z, axis=$a, keepdims=True)", "np.max($z)", "s = z.max(axis=1, keepdims=True)", "s = z.max()"),
    ("$f($x, k=1)", "$f($x)", "s = g(a, k=1)", "s = g(a)"),
    ("$f(k=1, $*r)", "$f($*r)", "s = g(k=1, j=2)", "s = g(j=2)"),
    ("$d * $a * (1 - $a)", "$d", "s = d * a * (1 - a)", "s = d"),
    ("$d * $a * (1 - $a) * $*k", "$d * $*k", "s = (p + q) * k * a * (1 - a)", "s = (p + q) * k"),
    ("r.normal(size=$s)", "np.zeros($s)", "s = r.normal(size=(a, b))", "s = np.zeros((a, b))"),
    ("np.mean(np.sum($x, axis=1))", "np.sum($x, axis=1)", "s = np.mean(x.sum(axis=1))", "s = x.sum(axis=1)"),
    (
        "np.reshape(np.sum($x, axis=1), -1, 1)",
        "np.sum($x, axis=1)",
        "s = c.sum(axis=1).reshape(-1, 1)",
        "s = c.sum(axis=1)",
    ),
    ("$y.reshape(-1)", "$y.reshape(-1, 1)", "s = y.reshape(-1)", "s = y.reshape(-1, 1)"),
]


@pytest.mark.parametrize(("before", "after", "source", "result"), UNWRAPPED)
def test_what_is_unwrapped_keeps_its_spelling(before, after, source, result):
    constraints = {"k": role.NAME} if "$*k" in before else {}
    assert rewritten(before, after, source, **constraints) == [result]


def test_a_sum_is_met_as_a_whole_unless_the_pattern_says_what_may_be_left_over():
    assert rewritten("$a / ($a + $b)", "$b / ($a + $b)", "iou = tp / (tp + fp + fn)") == []
    pair = ("$a / ($a + $b + $*more)", "$b / ($a + $b + $*more)")
    assert rewritten(*pair, "r = a / (a + b + 1e-9)", more=role.EPSILON) == ["r = b / (a + b + 1e-9)"]
    assert rewritten(*pair, "r = a / (a + b + c)", more=role.EPSILON, b=role.exactly("b")) == []


def test_equal_lines_of_a_function_stay_equal():
    class Flip(Mutator):
        id = "flip"
        rewrites = (Rewrite("f($x)", "g($x)"), Rewrite("del_($x)\n...", "..."), Rewrite("$x = h($y)", "$x = $y"))

    def made(source):
        return [edited(source, plan.edits) for plan in Flip().plans(Code(source))]

    source = "def one(a):\n    if a:\n        b = f(a)\n    b = f(a)\n    b = f( a)\n\ndef two(a):\n    b = f(a)\n"
    assert made(source) == [
        source.replace("b = f(a)", "b = g(a)", 2),
        source.replace("f( a)", "g( a)"),
        source.replace("two(a):\n    b = f(a)", "two(a):\n    b = g(a)"),
    ]
    twice = "def one(a):\n    del_(a)\n    x = 1\n    del_(a)\n    return x\n"
    assert made(twice) == ["def one(a):\n    x = 1\n    return x\n"]
    assert made("def one(a):\n    del_(a)\n    if a:\n        del_(a)\n    return x\n") == []
    assert made("def one(a):\n    a = h(a)\n    return a\n") == ["def one(a):\n    return a\n"]
    assert made("if a:\n    a = h(a)\n") == []


def test_what_a_rest_takes_is_constrained():
    keyword, name = {"rest": ~role.keyword("b")}, {"rest": ~role.exactly("b")}
    assert rewritten("f($x, $*rest)", "g($x, $*rest)", "y = f(a, c=1)", **keyword) == ["y = g(a, c=1)"]
    assert rewritten("f($x, $*rest)", "g($x, $*rest)", "y = f(a, b=1)", **keyword) == []
    assert rewritten("f([$*rest])", "g([$*rest])", "y = f([a, c])", **name) == ["y = g([a, c])"]
    assert rewritten("f([$*rest])", "g([$*rest])", "y = f([a, b])", **name) == []


def test_an_argument_is_not_added_where_the_function_takes_a_tuple():
    assert rewritten("$y.reshape(-1)", "$y.reshape(-1, 1)", "s = np.reshape(y, -1)") == ["s = y.reshape(-1, 1)"]


def test_operands_that_no_side_names_are_never_lost():
    assert rewritten("2 * $p * $r / ($p + $r)", "($p + $r) / 2", "f = 2 * (p * r) / (p + r)")[0] == "f = (p + r) / 2"
    assert rewritten("2 * $p * $r / ($p + $r)", "($p + $r) / 2", "f = 2 * p * r / (p + r + eps)") == []


ROLES = [
    (
        role.BIAS,
        ["b", "b1", "self.bias", "bias_out", "params['b2']", "intercept_", "biases[-1]"],
        ["beta", "base", "x"],
    ),
    (role.LEARNING_RATE, ["lr", "self.learning_rate", "eta", "step_size"], ["interest_rate_x", "clr", "n"]),
    (role.COUNT, ["len(y)", "X.shape[0]", "n_samples", "m"], ["mean", "X.shape[1]", "3"]),
    (role.AXIS, ["0", "1", "-1"], ["2", "axis"]),
    (role.WEIGHT, ["w", "W.T", "theta"], ["T", "x"]),
    (role.EPSILON, ["1e-8", "self.eps", "epsilon"], ["1.0", "0", "steps"]),
    (role.PREDICTION, ["y_hat", "X @ w + b", "probs", "predicted"], ["y", "w"]),
]


@pytest.mark.parametrize(("constraint", "members", "others"), ROLES)
def test_roles(constraint, members, others):
    for text, belongs in [*((m, True) for m in members), *((o, False) for o in others)]:
        found = rewritten("f($x)", "g($x)", f"f({text})", x=constraint)
        assert bool(found) is belongs, text


@pytest.mark.parametrize("text", ["f(*[$x])", "f(*$x.T)"])
def test_a_star_before_an_expression_is_the_authors_mistake(text):
    with pytest.raises(PatternError, match="a star stands before a metavariable"):
        Pattern(text)


@pytest.mark.parametrize("mark", ["'", '"'])
def test_a_string_that_is_written_stands_in_the_programs_quotes(mark):
    code = Code(f"b = a.merge(c, on={mark}k{mark})\n")
    (change,) = Rewrite("$a.merge($b, on=$k)", "$a.merge($b, on=$k, how='left')").changes(code)
    assert edited(code.program.source, change.edits) == f"b = a.merge(c, on={mark}k{mark}, how={mark}left{mark})\n"


def test_every_expression_has_a_term():
    """Also those that the canonical form takes apart: the right sides of `a = a - b` and of a sum in a sum."""
    code = Code("a = a - b\nc = a + (b + 2)\nd = x.T @ (x @ y)\n")
    program = code.program
    expressions = [node for node in program.parents if isinstance(node, cst.BinaryOperation)]
    assert len(expressions) == 5
    assert all(code.canonical.term(node).kind for node in expressions)
