"""No hostile program is ever `fixed` or touches what is not its own; every honest one passes; each layer counts."""

import os
import subprocess
import sys
from dataclasses import replace

import psutil
import pytest

from bugforge.grading.grader import Grader
from bugforge.grading.verdict import Verdict
from bugforge.pack.contract import COMPANIONS
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner
from bugforge.runner.sandbox import LAYERS
from bugforge.runner.spawn import clean_environment
from tests.hostile.corpus import Case, Traps, cases

LIMITS = Limits(cpu=1.0, memory=512 << 20)
IMPATIENT = replace(LIMITS, wall=1.0)
SEEDS = (101, 202, 303)
LONGEST_REASON = 3000  # characters; a reason is for a person to read
CASES = cases()
HONEST = [case for case in CASES if case.path.parent.name == "honest"]


def stopped_by(*walls):
    """Hostile files that one of these walls stops, where this machine can show what they do without."""
    return [case for case in CASES if case.stopped_by & {*walls} and case.can_succeed_here]


def named(chosen):
    return [pytest.param(case, id=case.name) for case in chosen]


def layered():
    """Each with the layers to leave out; those that leave out the same stand together."""
    found = sorted(stopped_by(*(layer.name for layer in LAYERS)), key=lambda case: sorted(case.stopped_by))
    return [pytest.param(case.stopped_by, case, id=case.name) for case in found]


@pytest.fixture(scope="module")
def traps(standard):
    laid = Traps(standard)
    yield laid
    laid.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the processes of the big runs keep their files."""
    return tmp_path_factory.mktemp("runner")


@pytest.fixture(scope="module")
def before(traps):
    """The processes that were there before the big runs."""
    return {*psutil.Process().children(recursive=True)}


@pytest.fixture(scope="module", params=[(), ("namespaces",)], ids=["every layer", "user namespaces forbidden"])
def verdicts(request, standard, traps, folder, before) -> dict[Case, Verdict]:
    """The whole corpus, graded in one go: behind every wall there is, and as on a machine that forbids namespaces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        runner = Runner(jobs=2, without=frozenset(request.param))
    with runner:
        assert not {*request.param} & {*runner.layers}
        return {case: verdict for waits in (True, False) for case, verdict in graded(runner, waits, standard, traps)}


def graded(runner, waits, standard, traps):
    """The cases that wait for ever, or those that come to an end by themselves, and what is said of them."""
    chosen = [case for case in CASES if case.waits is waits]
    grader = Grader(runner, SEEDS, IMPATIENT if waits else LIMITS)
    for number, verdict in grader.grade([case.submission(standard, traps) for case in chosen]):
        yield chosen[number], verdict


@pytest.mark.parametrize("case", named(CASES))
def test_the_verdict_is_as_expected(case, verdicts):
    verdict = verdicts[case]
    assert verdict.grade == case.fields["verdict"], verdict.reason[:LONGEST_REASON]
    assert case.fields.get("because", "") in verdict.reason
    assert len(verdict.reason) < LONGEST_REASON


def test_nothing_was_touched(verdicts, traps):
    assert traps.sprung() == set()


def test_nothing_is_left_behind(verdicts, folder, before):
    assert list(folder.iterdir()) == []
    assert {*psutil.Process().children(recursive=True)} <= before


@pytest.fixture(scope="module")
def lax(request):
    """A runner that leaves out some layers."""
    with Runner(jobs=1, without=request.param) as runner:
        assert {"seccomp", "landlock"} - request.param <= {*runner.layers}
        yield runner


@pytest.mark.parametrize(("lax", "case"), layered(), indirect=["lax"])
def test_without_its_layers_it_succeeds(lax, case, standard):
    """Or the corpus would prove nothing of them."""
    traps = Traps(standard)
    grader = Grader(lax, SEEDS, IMPATIENT if case.waits else LIMITS)
    try:
        ((_, verdict),) = grader.grade([case.submission(standard, traps)])
        sprung = traps.sprung() | {str(verdict.grade)}
        assert case.fields["success"] in sprung or case.fields["success"] in verdict.reason, (sprung, verdict.reason)
    finally:
        traps.close()


@pytest.mark.parametrize("case", named(stopped_by("seeds")))
def test_on_the_public_seed_alone_it_succeeds(case, standard, traps):
    with Runner(jobs=1) as runner:
        ((_, verdict),) = Grader(runner, (), LIMITS).grade([case.submission(standard, traps)])
    assert verdict.grade == case.fields["success"]


@pytest.mark.parametrize("case", named(stopped_by("wire")))
def test_beside_a_plain_pytest_it_succeeds(case, standard, traps, tmp_path):
    """A grader that believes the exit code of pytest is fooled."""
    submission = case.submission(standard, traps)
    subject = submission.subject
    files = {**dict(subject.contract.tests), **dict(COMPANIONS)}
    for name, text in {**files, f"{subject.problem}.py": submission.source}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    environment = {**clean_environment(), "HOME": os.fspath(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stdout.decode(errors="replace")[-2000:]


def test_the_corpus_is_whole():
    hostile = [case for case in CASES if case not in HONEST]
    assert len(hostile) >= 75
    assert len(HONEST) >= 14
    assert all(case.fields["verdict"] == "fixed" for case in HONEST)
    assert all(case.fields["verdict"] != "fixed" for case in hostile)
    assert all(bool(case.stopped_by) == ("success" in case.fields) for case in CASES)
    assert {name for case in CASES for name in case.stopped_by} == {*(layer.name for layer in LAYERS), "wire", "seeds"}
