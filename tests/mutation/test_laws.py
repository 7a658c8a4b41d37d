"""Laws that hold for every program and every mutator."""

import ast
import io
import tokenize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bugforge import Code, Rewrite
from bugforge.forge.sites import Sites
from bugforge.model import Edit
from bugforge.mutation.bare import bare
from bugforge.mutation.edits import edited, overlapping

laws = settings(deadline=None, derandomize=True, max_examples=60)
names = st.sampled_from(["a", "b", "x", "y", "w"])
operators = st.sampled_from(["+", "-", "*", "/", "@", "**"])


def expressions(depth=3):
    if depth == 0:
        return names
    below = expressions(depth - 1)
    return st.one_of(
        names,
        st.builds(lambda p, o, q: f"({p} {o} {q})", below, operators, below),
        st.builds(lambda p: f"(-{p})", below),
        st.builds(lambda p, q: f"f({p}, {q})", below, below),
    )


def value(text):
    """The expression as a fully bracketed string: its meaning, whatever its layout."""
    return ast.dump(ast.parse(text, mode="eval"))


@laws
@given(expressions(), expressions())
def test_rendering_never_changes_what_a_metavariable_stands_for(p, q):
    """Planting g($p) for $p @ $q keeps p's tree, with or without brackets in the source."""
    plain = ast.unparse(ast.parse(f"{p} @ {q}", mode="eval"))
    code = Code(f"r = {plain}\n")
    for change in Rewrite("$p @ $q", "$q ** $p").changes(code):
        text = edited(code.program.source, change.edits).removeprefix("r = ").strip()
        matched = ast.parse(code.program.text(change.node).strip(), mode="eval").body
        expected = ast.BinOp(matched.right, ast.Pow(), matched.left)
        found = [ast.dump(n) for n in ast.walk(ast.parse(text, mode="eval")) if isinstance(n, ast.BinOp)]
        assert ast.dump(expected) in found


@laws
@given(expressions())
def test_dropping_an_operand_keeps_the_rest(p):
    plain = ast.unparse(ast.parse(f"k * ({p} + bias)", mode="eval"))
    code = Code(f"r = {plain}\n")
    wanted = value(f"k * {p}")
    texts = [
        edited(code.program.source, c.edits).removeprefix("r = ").strip()
        for c in Rewrite("$p + bias", "$p").changes(code)
    ]
    tree = ast.parse(p, mode="eval").body
    chain = isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add)
    assert chain or wanted in [value(text) for text in texts]


@laws
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=4))
def test_edits_that_do_not_overlap_commute(spans):
    edits = tuple(Edit(min(s), max(s), "#") for s in spans)
    source = "abcdefghijklmnopqrstuvwxyz"
    if not overlapping(edits):
        assert edited(source, edits) == edited(source, edits[::-1])


def test_every_mutant_is_python_and_differs(standard, store):
    sites = Sites(standard, store)
    for problem in standard.problems.values():
        for implementation in problem.implementations.values():
            for candidate in sites.candidates(problem, implementation):
                assert ast.dump(ast.parse(candidate.source)) != ast.dump(ast.parse(implementation.source)), candidate


def test_sites_of_an_implementation_are_distinct(standard, store):
    sites = Sites(standard, store)
    for problem in standard.problems.values():
        for implementation in problem.implementations.values():
            planted = [plan.planted for plan in sites.all_of(implementation)]
            assert len(planted) == len(set(planted)), implementation.name


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ('"""Doc.\n\nMore.\n"""\n\nx = 1  # why\n', "x = 1\n"),
        ("# head\nx = '# no comment'  # yes\n# tail\ny = 2\n", "x = '# no comment'\ny = 2\n"),
        ('def f():\n    """Kept."""\n    # gone\n    return 1\n', 'def f():\n    """Kept."""\n    return 1\n'),
        ('"""Doc."""; x = 1\n', "x = 1\n"),
    ],
)
def test_bare_programs(source, result):
    assert bare(source) == result


def test_no_handed_out_program_has_a_comment(standard):
    for problem in standard.problems.values():
        for implementation in problem.implementations.values():
            tokens = tokenize.generate_tokens(io.StringIO(implementation.source).readline)
            assert not [t for t in tokens if t.type == tokenize.COMMENT]
            assert ast.get_docstring(ast.parse(implementation.source)) is None
