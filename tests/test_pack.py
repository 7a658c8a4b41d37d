"""Loading a pack, and every mistake an author can make in one."""

import pytest

from bugforge.audit.examples import wrong_examples
from bugforge.errors import PackError, UsageError
from bugforge.pack import load_pack
from bugforge.pack.contract import contract_of
from bugforge.store import Store


def mistakes(root):
    with pytest.raises(PackError) as caught:
        load_pack(root).mutators.load_all()
    return [str(mistake) for mistake in caught.value.mistakes]


def test_a_mutator_that_exits_is_a_mistake(tiny):
    (path,) = tiny.glob("mutators/*/*.py")
    lines = path.read_text().count("\n") + 1
    path.write_text(f"{path.read_text()}raise SystemExit(0)\n")
    assert mistakes(tiny) == [f"mutators/statistics/{path.name}:{lines}: SystemExit: 0; mend the line"]


def test_a_pack_is_found_by_walking(tiny):
    pack = load_pack(tiny)
    assert pack.name == "tiny"
    assert pack.problems["mean"].topic == "basics"
    assert list(pack.problems["mean"].implementations) == ["plain"]
    bug = pack.bug_classes["missing-division"]
    assert (bug.category, bug.title) == ("statistics", "A sum is returned for a mean.")
    assert bug.why.startswith("A mean is a sum divided")
    assert pack.mutators["missing-division"].rewrites


def test_a_contract_may_have_further_parts(tiny):
    folder = tiny / "reference_impls" / "basics" / "mean"
    for name in ("test_mean_of_many.py", "test_mean_running.py", "mean_running.py"):
        (folder / name).write_text("values = []\n")
    problem = load_pack(tiny).problems["mean"]
    files = {i.name: [file for file, _ in contract_of(problem, i).tests] for i in problem.implementations.values()}
    assert files["plain"] == ["test_mean.py", "test_mean_of_many.py"]
    assert files["mean_running"] == ["test_mean.py", "test_mean_of_many.py", "test_mean_running.py"]


def test_the_digest_follows_the_content(tiny):
    before = load_pack(tiny).digest
    assert load_pack(tiny).digest == before
    (tiny / "reference_impls" / "basics" / "mean" / "test_mean.py").write_text("# other\n")
    assert load_pack(tiny).digest != before


def test_a_folder_that_is_no_pack(tmp_path):
    with pytest.raises(UsageError, match="is no pack: it needs"):
        load_pack(tmp_path)


BROKEN = [
    # file, text (None: removed), where and what is reported
    ("mutators/statistics/missing_division.py", "x = (", ":1: this is not Python"),
    ("mutators/statistics/missing_division.py", "x = 1\n", ":1: the file has 0 mutators"),
    ("reference_impls/basics/mean/problem.toml", None, "problem.toml:1: there is no problem.toml; write it"),
    ("reference_impls/basics/mean/problem.toml", "title = 'x'\ntitle ==\n", "problem.toml:2: this is not TOML"),
    ("reference_impls/basics/mean/test_mean.py", None, "test_mean.py:1: there is no test_mean.py"),
    ("reference_impls/basics/mean/plain.py", "def f(:\n", "plain.py:1: this is not Python"),
    ("reference_impls/basics/mean/plain.py", None, "problem.toml:1: the problem has no implementation"),
]


@pytest.mark.parametrize(("file", "text", "told"), BROKEN)
def test_a_broken_file_is_named(tiny, file, text, told):
    if text is None:
        (tiny / file).unlink()
    else:
        (tiny / file).write_text(text)
    assert any(told in mistake for mistake in mistakes(tiny)), mistakes(tiny)


FIELDS = ["hints", "follow_ups", "sources", "examples", "untouched", "rewrites"]


@pytest.mark.parametrize("field", FIELDS)
def test_a_missing_field_is_named(tiny, field):
    path = tiny / "mutators" / "statistics" / "missing_division.py"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(f"    {field} =")))
    (mistake,) = mistakes(tiny)
    assert mistake.startswith("mutators/statistics/missing_division.py:6: ")
    assert "; write" in mistake or "; use" in mistake or "; say" in mistake or "; name" in mistake


def test_a_field_that_is_computed_is_named(tiny):
    path = tiny / "mutators" / "statistics" / "missing_division.py"
    path.write_text(path.read_text().replace("sources = ()", "sources = tuple()"))
    (mistake,) = mistakes(tiny)
    assert ":17: sources is computed; write it out" in mistake


def test_what_a_file_does_at_import_is_its_authors_mistake(tiny, write_mutator):
    path = write_mutator("other", '(Rewrite("f($x)", "g($x)"),)')
    path.write_text(f"{path.read_text()}\nx = 1 / 0\n")
    assert load_pack(tiny).bug_classes["other"], "nothing of it has been run"
    (mistake,) = mistakes(tiny)
    assert "other.py:22: ZeroDivisionError: division by zero; mend the line" in mistake


def test_a_pattern_that_does_not_parse_is_named_with_its_line(tiny, write_mutator):
    write_mutator("other", '(\n        Rewrite("$total /", "$total"),\n    )')
    (mistake,) = mistakes(tiny)
    assert "other.py:19: the pattern '$total /' does not parse" in mistake


def test_a_rewrite_whose_sides_do_not_fit_is_named_with_its_line(tiny, write_mutator):
    write_mutator("other", '(\n        Rewrite("np.fill_diagonal($d, 1)\\n...\\nreturn $r", "return $r"),\n    )')
    (mistake,) = mistakes(tiny)
    assert "other.py:19: `...` stands 1 times in" in mistake


def test_all_mistakes_are_reported_at_once(tiny, write_mutator):
    write_mutator("other", '(Rewrite("f($x)", "g($y)"),)')
    (tiny / "reference_impls" / "basics" / "mean" / "problem.toml").write_text("title = 'x'\nextra = 1\n")
    found = mistakes(tiny)
    assert len(found) >= 5
    assert any("'extra' is not known" in mistake for mistake in found)


def test_stories_are_texts(tiny):
    toml = tiny / "reference_impls" / "basics" / "mean" / "problem.toml"
    right = toml.read_text()
    toml.write_text(f'stories = ["A shop averages."]\n{right}')
    assert load_pack(tiny).problems["mean"].stories == ("A shop averages.",)
    toml.write_text(f"stories = [1]\n{right}")
    (mistake,) = mistakes(tiny)
    assert "problem.toml:1: stories is no list of texts" in mistake


def test_duplicate_names_are_named(tiny):
    source = tiny / "mutators" / "statistics" / "missing_division.py"
    (tiny / "mutators" / "metrics").mkdir()
    (tiny / "mutators" / "metrics" / "missing_division.py").write_text(source.read_text())
    assert any("is in mutators/metrics/missing_division.py as well" in mistake for mistake in mistakes(tiny))


def test_an_unknown_category_is_named(tiny):
    (tiny / "mutators" / "oddities").mkdir()
    (tiny / "mutators" / "oddities" / "odd.py").write_text("")
    assert any("oddities is no category; move it to one of data_leakage" in m for m in mistakes(tiny))


def test_examples_that_do_not_hold_are_named_with_their_line(tiny, write_mutator):
    write_mutator("other", '(Rewrite("$a - $b", "$a + $b"),)')
    found = [str(mistake) for mistake in wrong_examples(load_pack(tiny), Store())]
    assert found == ["mutators/statistics/other.py:19: the example does not hold: it gives nothing; mend it"] * 2
    write_mutator("other", '(Rewrite("$a / $b", "$a"),)')
    (found,) = wrong_examples(load_pack(tiny), Store())
    assert found.line == 20
    assert "the lookalike is not left alone" in found.what
