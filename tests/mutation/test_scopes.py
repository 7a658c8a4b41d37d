"""Definition and use, the facts that rest on it, and the lines that go when nothing reads them any more."""

import re

import libcst as cst
import pytest

from bugforge import Code, Mutator, Rewrite, fact, load_pack, mutants, place, role, vocabulary, walk
from bugforge.errors import PatternError, UsageError
from bugforge.mutation.edits import edited
from bugforge.mutation.pattern import IMPORTS


def name_at(code, text, number=0):
    return [n for n in walk(code.program.module) if isinstance(n, cst.Name) and n.value == text][number]


def made(source, *rewrites, **fields):
    """What a mutator with these rewrites makes of a source."""
    mutator = type("Some", (Mutator,), {"id": "some", "rewrites": rewrites, **fields})()
    return [edited(source, plan.edits) for plan in mutator.plans(Code(source, IMPORTS))]


PROGRAM = """
def f(a, b=c, *, d):
    e, (g, *h) = a, b
    i = j = e
    for k in h:
        i = k
    with open(d) as m:
        a[0] = m
    return i

class A:
    def __init__(self, x):
        self.z = x
    def f(self):
        return self.z + [y for y in self.z]
"""


def test_bindings_and_reads():
    code = Code(PROGRAM)
    end = name_at(code, "i", 2)
    assert set(code.scopes.before(end)) == {"a", "b", "d", "e", "g", "h", "i", "j", "k", "m", "open"}
    assert code.program.text(code.scopes.binding("e", end).value) == "a"
    assert code.program.text(code.scopes.binding("j", end).value) == "e"
    assert code.scopes.binding("i", end) is None, "the loop may or may not have run"
    assert code.scopes.binding("a", end) is None, "it was changed in place"
    assert code.scopes.binding("m", end) is None
    assert len(code.scopes.bindings_of("i", end)) == 2
    assert [code.program.line_of(code.program.span(n)[0]) for n in code.scopes.reads_of("i", end)] == [9]
    attribute = code.scopes.bindings_of("self.z", name_at(code, "y"))
    assert [code.program.text(b.value) for b in attribute] == ["x"]
    assert len(code.scopes.reads_of("self.z", name_at(code, "y"))) == 2


def test_a_name_of_the_function_around_is_the_same_variable():
    code = Code("def f(x):\n    n = 1\n    def g():\n        return n\n    return g\n")
    (binding,) = code.scopes.bindings_of("n", name_at(code, "n", 1))
    assert code.program.text(binding.value) == "1"


DROPPED = Rewrite("np.clip($p, $*bounds)", "$p")
ORPHANS = [
    # a program in which np.clip(p, ...) becomes p, and the lines that go with it
    ("def f(p):\n    eps = 1e-9\n    return np.clip(p, eps, 1)\n", ["    eps = 1e-9\n"]),
    ("def f(p):\n    a = 1\n    b = a / 2\n    return np.clip(p, b, 1)\n", ["    a = 1\n", "    b = a / 2\n"]),
    ("def f(q):\n    p = q + 1\n    return np.clip(p, 0, 1)\n", []),
    ("def f(p, eps):\n    return np.clip(p, eps, 1)\n", []),
    ("def f(p):\n    a, eps = bounds()\n    return np.clip(p, eps, a)\n", []),
    ("def f(p):\n    for e in p:\n        q = np.clip(p, e, 1)\n    return q\n", []),
    ("eps = 1\nq = np.clip(p, eps, 1)\n", []),
    ("def f(p):\n    e = 1\n    def g():\n        return e\n    return np.clip(p, e, 1), g\n", []),
    (
        "def f(p):\n    g = np.random.default_rng(0)\n    return np.clip(p, g, 1)\n",
        ["    g = np.random.default_rng(0)\n"],
    ),
    ("def h(p):\n    return p.min()\ndef f(p):\n    e = h(p)\n    return np.clip(p, e, 1)\n", ["    e = h(p)\n"]),
]


@pytest.mark.parametrize(("source", "gone"), ORPHANS)
def test_what_a_change_orphans_goes_with_it_and_nothing_else(source, gone):
    left = re.sub(r"np\.clip\(.*?\)", "p", source)
    for line in gone:
        left = left.replace(line, "")
    assert made(source, DROPPED) == [left]


@pytest.mark.parametrize(
    "value", ["rng.normal()", "draw(p)", "next(p)", "np.random.rand()", "(yield)", "p.pop()", "self.step(p)"]
)
def test_no_call_that_may_do_more_is_lost_unless_that_is_the_bug(value):
    source = f"def f(self, p, rng):\n    e = {value}\n    return np.clip(p, e, 1)\n"
    assert made(source, DROPPED) == []
    assert made(source, DROPPED, loses_draws=True) == ["def f(self, p, rng):\n    return p\n"]


def test_a_function_that_changes_its_argument_is_not_left_out():
    source = "def low(p):\n    p[0] = 1\n    return p\ndef f(p):\n    e = low(p)\n    return np.clip(p, e, 1)\n"
    assert made(source, DROPPED) == []


def test_one_of_a_pair_of_values_that_nothing_reads_is_no_site():
    assert made("def f(p):\n    a, e = 0, 1\n    return np.clip(p, e, a), a\n", DROPPED) == []


TABLES = [
    ("X_train = X[rows]", "X"),
    ("X_train, y_train = X[rows], y[rows]", "X"),
    ("X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)", "X"),
    ("y_train, X_train = split(y, X)", "X"),
    ("X_train = X.iloc[rows]", "X"),
    ("X_train = X[:n, :]", "X"),
    ("X_train = X.sample(frac=0.5)", "X"),
    ("X_rest, X_test = split(X)\nX_train, X_valid = split(X_rest)", "X"),
    ("X = data[:, :-1]\nX_train = X[:n]", "X"),
    ("X_train = data[:, :-1]", None),
    ("X_train = data[:n, :-1]", None),
    ("X_train = data['x']", None),
    ("X_train = data[feature_columns]", None),
    ("X_train = X[rows]\nX_train[0] = 1", None),
    ("X_train = X[rows]\nX_train -= 1", None),
    ("if a:\n    X_train = X[rows]", None),
    ("X_train = load()", None),
]


@pytest.mark.parametrize(("cut", "table"), TABLES)
def test_the_table_of_a_part_is_what_was_cut_by_rows(cut, table):
    rewrite = Rewrite("f($part)", "f($whole)", part=role.TRAIN, whole=fact.table_of("part"))
    expected = [] if table is None else [f"{cut}\nb = f({table})\n"]
    assert made(f"{cut}\nb = f(X_train)\n", rewrite) == expected


def test_all_rows_are_joined_where_there_is_no_table():
    rewrite = Rewrite("f($part)", "f($rows)", part=role.TRAIN, rows=fact.all_rows_of("part"))
    source = "def g(X_train, y_test, X_test):\n    return f(X_train)\n"
    assert made(source, rewrite) == [source.replace("f(X_train)", "f(np.concatenate([X_train, X_test]))")]
    assert made("def g(X_train):\n    return f(X_train)\n", rewrite) == []


def test_the_twin_of_a_part():
    rewrite = Rewrite("f($part)", "f($twin)", part=role.HELD_OUT, twin=fact.twin_of("part"))
    source = "def g(X_train, y_train, y_test):\n    return f(y_test)\n"
    assert made(source, rewrite) == [source.replace("f(y_test)", "f(y_train)")]
    assert made("def g(X_train, y_test):\n    return f(y_test)\n", rewrite) == []


def test_facts_are_checked_when_the_rewrite_is_written():
    with pytest.raises(PatternError, match=r"a fact is asked about \$q"):
        Rewrite("f($p)", "f($w)", w=fact.table_of("q"))
    with pytest.raises(PatternError, match=r"\$p is a fact and stands in"):
        Rewrite("f($p)", "f($p)", p=fact.table_of("p"))


PLACES = [
    (place.function(vocabulary.RMSE), "def rmse(a):\n    return f(a)\n", "def mae(rmse):\n    return f(rmse)\n"),
    (place.target(vocabulary.RMSE), "rmse = f(a)\n", "b = f(rmse)\n"),
    (place.target(vocabulary.RMSE), "d = {'rmse': f(a)}\n", "d = {'mae': f(a)}\n"),
    (place.target(vocabulary.RMSE), "d = g(rmse=f(a))\n", "d = g(f(a))\n"),
    (place.statement(vocabulary.RMSE), "b = f(rmse)\n", "b = f(a)\n"),
    (place.ENDS_A_LOOP, "while f(a):\n    pass\n", "if f(a):\n    pass\n"),
    (place.ENDS_A_LOOP, "for i in x:\n    if f(a):\n        break\n", "b = f(a)\n"),
    (place.KEPT, "b = f(a) + 1\n", "b = g(f(a))\n"),
    (place.RENAMES, "b = f(a)\n", "b = f(a + 1)\n"),
    (~place.RENAMES, "return_ = g(f(a))\n", "b = f(a)\n"),
]


@pytest.mark.parametrize(("where", "welcome", "elsewhere"), PLACES)
def test_places(where, welcome, elsewhere):
    rewrite = Rewrite("f($x)", "$x")
    assert len(made(welcome, rewrite, where=where)) == 1
    assert made(elsewhere, rewrite, where=where) == []


def test_calls_and_likenesses():
    gram = role.like("$X.T @ $X", "($X.T * $w) @ $X")
    scaler = role.call("fit", on=role.named("scaler"))
    code = Code("a = X.T @ X\nb = (X.T * w) @ X\nc = X.T @ y\nscaler.fit(x)\nmodel.fit(x)\nfit(x)\n")
    products = [t for t in code.canonical.by_kind["binary"] if t.value == "@"]
    assert [gram.holds(t) for t in products] == [True, True, False]
    assert [scaler.holds(t) for t in code.canonical.by_kind["call"]] == [True, False, False]
    with pytest.raises(PatternError, match="is no expression"):
        role.like("$a = $b")


def test_a_count_is_told_by_what_it_is_made_of():
    source = "def f(X):\n    q, d = X.shape\n    r = len(X)\n    s = r + q\n    return g(q), g(d), g(r), g(s)\n"
    wanted = [source.replace(f"g({name})", "1") for name in "qr"]
    assert made(source, Rewrite("g($x)", "1", x=role.COUNT)) == wanted


def test_mutants_of_any_text(standard):
    source = "def fit(w, lr, grad):\n    w -= lr * grad\n    return w\n"
    assert ("gradient-ascent-step", source.replace("-=", "+=")) in list(mutants(source, load_pack()))
    with pytest.raises(UsageError, match="the program is not Python"):
        list(mutants("def f(:\n", standard))
