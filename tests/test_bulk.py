"""Grading many: one row a submission, in parallel, to be taken up again; and what a candidate says of the bug."""

import csv
import json
import os
import shutil
import signal
import subprocess

import psutil
import pytest

from tests.conftest import IMPLEMENTATION, write_tiny
from tests.runner.test_runner import heed_interrupts, wait_for
from tests.test_cli import COMMAND, ROOT, bugforge, folders

RIGHT = IMPLEMENTATION.lstrip("\n")
WRONG = RIGHT.replace("total / len(values)", "total")
HOSTILE_TEXT = "raise ValueError('\\x1b[31m<script>alert(1)</script>')\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The tiny pack, an exercise of it, and an inbox with submissions of every kind."""
    root = tmp_path_factory.mktemp("bulk")
    bugforge("generate", "--pack", write_tiny(root / "tiny"), "--count", 1, "--seed", 1, cwd=root)
    inbox = root / "inbox"
    (inbox / "zoe").mkdir(parents=True)
    (inbox / "zoe" / "solution.py").write_text(RIGHT)
    (inbox / "zoe" / "test_mean.py").write_text("def test_nothing(): pass\n")
    (inbox / "zoe" / "._solution.py").write_bytes(b"\0")
    texts = {"ann.py": RIGHT, "bob.py": WRONG, "=A1+1.py": WRONG, "<b>eve.py": HOSTILE_TEXT, "kim.py": ""}
    for name, text in texts.items():
        (inbox / name).write_text(text)
    return root


@pytest.fixture
def here(made, tmp_path, monkeypatch):
    """A copy of it, with what cannot be copied, and a journal of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("tiny", "generated", "inbox"):
        shutil.copytree(made / name, tmp_path / name)
    (tmp_path / "inbox" / "link.py").symlink_to(tmp_path / "inbox" / "ann.py")
    os.mkfifo(tmp_path / "inbox" / "pipe.py")
    with open(tmp_path / "inbox" / "huge.py", "wb") as huge:
        huge.truncate(1 << 30)
    return tmp_path


def grade(here, *options, code=3):
    (exercise,) = folders(here)
    where = ["--exercise", exercise, "--pack", here / "tiny"]
    return bugforge("check", "inbox", *where, *options, cwd=here, code=code)


def test_one_row_a_submission(here):
    told = grade(here, "--csv", "out.csv", "--html", "out.html")
    assert "9 submissions: 2 fixed, 3 not fixed, 4 could not grade." in told
    rows = {row["submission"]: row for row in csv.DictReader((here / "out.csv").open(newline=""))}
    assert rows["ann.py"]["verdict"] == rows["zoe"]["verdict"] == "fixed"
    assert (rows["bob.py"]["tests passed"], rows["bob.py"]["tests"]) == ("1", "4")
    assert "test_mean_of_two_numbers" in rows["bob.py"]["failing tests"]
    assert "is no regular file" in rows["pipe.py"]["reason"]
    assert "is a link" in rows["link.py"]["reason"]
    assert "1,073,741,824 bytes" in rows["huge.py"]["reason"]
    assert "is empty" in rows["kim.py"]["reason"]
    assert "landlock" in rows["ann.py"]["layers"]


def test_formulas_markup_and_escapes_come_out_harmless(here):
    told = grade(here, "--csv", "out.csv", "--html", "out.html")
    assert "\x1b" not in told
    assert not any(cell.startswith("=") for row in csv.reader((here / "out.csv").open(newline="")) for cell in row)
    page = (here / "out.html").read_text()
    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;b&gt;eve" in page
    assert "\x1b" not in (here / "out.csv").read_text()


def test_what_was_graded_is_not_graded_again(here):
    first = json.loads(grade(here, "--json"))
    (here / "inbox" / "bob.py").write_text(RIGHT)
    second = json.loads(grade(here, "--json"))
    again = [
        new for old, new in zip(first, second, strict=True) if old["bugforge"]["seeds"] == new["bugforge"]["seeds"]
    ]
    assert {verdict["bugforge"]["name"] for verdict in again} >= {"ann.py", "zoe", "<b>eve.py"}
    assert {v["bugforge"]["name"]: v["bugforge"]["grade"] for v in second}["bob.py"] == "fixed"


def test_a_cut_journal_line_is_passed_over(here):
    grade(here)
    (journal,) = (here / "state" / "bugforge" / "verdicts").glob("*.jsonl")
    journal.write_bytes(b'5\nnull\n[["x"],"d",{}]\n["x","d",5]\n' + journal.read_bytes()[:-40])
    assert "9 submissions" in grade(here)


def test_a_table_is_written_through_a_link(here):
    (here / "tables").mkdir()
    (here / "out.csv").symlink_to(here / "tables" / "out.csv")
    grade(here, "--csv", "out.csv")
    assert (here / "out.csv").is_symlink()
    assert (here / "tables" / "out.csv").read_text().startswith("submission,")


def test_a_name_stays_on_its_line(here):
    (here / "inbox" / "ann.py\nyou  fixed.py").write_text(WRONG)
    assert r"ann.py\nyou  fixed.py  not fixed" in grade(here)


def test_an_interrupted_run_keeps_what_was_graded(here):
    for i in range(60):
        (here / "inbox" / f"more-{i}.py").write_text(f"{RIGHT}# {i}\n")
    (exercise,) = folders(here)
    command = [*COMMAND, "check", "inbox", "--exercise", str(exercise), "--pack", "tiny"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(here)}
    with subprocess.Popen(
        command, cwd=here, env=environment, stderr=subprocess.PIPE, text=True, preexec_fn=heed_interrupts
    ) as grading:
        kept = here / "state" / "bugforge" / "verdicts"
        wait_for(lambda: any(path.stat().st_size > 4000 for path in kept.glob("*.jsonl")))
        family = psutil.Process(grading.pid).children(recursive=True)
        grading.send_signal(signal.SIGINT)
        told = grading.stderr.read()
        assert grading.wait(timeout=30) == 130
    assert "what was finished is kept" in told
    _, alive = psutil.wait_procs(family, timeout=20)
    assert not alive
    assert not list(here.glob("bugforge-*"))
    (journal,) = kept.glob("*.jsonl")
    assert journal.read_text().count("\n") >= 4


def test_two_graders_at_once(here):
    (exercise,) = folders(here)
    command = [*COMMAND, "check", "inbox", "--exercise", str(exercise), "--pack", "tiny", "--json", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [subprocess.Popen(command, cwd=here, env=environment, stdout=subprocess.PIPE) for _ in range(2)]
    grades = [[v["bugforge"]["grade"] for v in json.loads(one.communicate(timeout=120)[0])] for one in both]
    assert grades[0] == grades[1]


def test_a_problem_without_an_exercise(here):
    told = bugforge("check", "inbox", "--problem", "mean", "--pack", "tiny", cwd=here, code=3)
    assert "2 fixed, 3 not fixed" in told


BAD = [
    (["inbox", "--exercise", "nowhere"], "there is no nowhere"),
    (["inbox", "--problem", "maen"], "did you mean mean?"),
    (["inbox", "inbox", "--problem", "mean"], "name one folder"),
    (["nowhere", "--problem", "mean"], "name one folder"),
    (["inbox", "--problem", "mean", "--exercise", "x"], "exclude each other"),
    (["inbox", "--problem", "mean", "--line", 3], "judge one exercise"),
    (["inbox", "--problem", "mean", "--my-test", "x.py"], "judge one exercise"),
    (["generated", "--my-test", "x.py", "--line", 3], "judged by itself"),
    (["generated", "--my-test", "x.py", "--csv", "x.csv"], "leave out --my-test"),
    (["inbox", "--problem", "mean", "--csv", "no/where.csv"], "cannot be written"),
    (["inbox", "--problem", "mean", "--csv", "inbox/ann.py"], "among the submissions"),
    (["inbox", "--problem", "mean", "--html", "inbox/zoe/new.html"], "among the submissions"),
    (["inbox", "--problem", "mean", "--csv", "/dev/null"], "is no file"),
    (["inbox", "--problem", "mean", "--csv", "same", "--html", "./same"], "name one file"),
    (["generated", "--seeds", "3,-1"], "no list of whole numbers from 0 on"),
    (["--csv", "nowhere/x.csv"], "cannot be written"),
    (["generated", "--bug", "missing-divisoin"], "did you mean missing-division?"),
    (["generated", "--line", 0], "x>=1"),
    (["generated", "--my-test", "nowhere.py"], "there is no nowhere.py"),
]


@pytest.mark.parametrize(("arguments", "told"), BAD)
def test_bad_requests(here, arguments, told):
    assert told in bugforge("check", *arguments, "--pack", "tiny", cwd=here, code=2)


def line_of_bug(here):
    (key,) = (here / "generated" / "answers").glob("*.json")
    return json.loads(key.read_text())["sheet"]["bugs"][0]["lines"][0]


def test_a_diagnosis_is_judged_apart(here):
    (exercise,) = folders(here)
    said = ["--line", line_of_bug(here) + 2, "--bug", "missing-division", "--pack", "tiny"]
    told = bugforge("check", exercise, *said, cwd=here, code=1)
    assert "diagnosis: the line is near, the bug class is right" in told
    found = json.loads(bugforge("check", exercise, *said, "--json", cwd=here, code=1))
    assert found["bugforge"]["diagnosis"] == [{"line": "near", "bug": "right", "no_bug": None}]


def test_an_own_test_cannot_carry_the_program_out(here):
    """It prints, writes, and puts into names and messages whatever it can find; none of it is shown or kept."""
    text = (
        "import gc, sys, pytest\nfrom mean import mean\n\n\n"
        "def loot():\n    return [o for o in gc.get_objects() if isinstance(o, str) and 'len(values)' in o]\n\n\n"
        "@pytest.mark.parametrize('what', loot() or ['LOOT'])\n"
        "def test_it(what):\n    print(what, file=sys.stderr)\n    sys.__stdout__.write(str(loot()))\n"
        "    try:\n        open('/tmp/loot', 'w').write('LOOT')\n    except OSError:\n        pass\n"
        "    assert mean([1.0, 4.0]) == 2.5, f'LOOT {loot()}'\n"
    )
    (here / "my_test.py").write_text(text)
    (exercise,) = folders(here)
    told = bugforge("check", exercise, "--my-test", "my_test.py", "--pack", "tiny", cwd=here)
    assert "LOOT" not in told
    assert "len(values)" not in told
    assert not os.path.exists("/tmp/loot")


def test_without_walls_a_run_of_many_is_refused(here, monkeypatch):
    from click.testing import CliRunner

    from bugforge.cli import main
    from bugforge.runner.pool import Runner

    monkeypatch.chdir(here)
    monkeypatch.setattr(Runner, "layers", ("session", "rlimits"))
    (exercise,) = folders(here)
    many = ["check", "inbox", "--exercise", str(exercise), "--pack", "tiny"]
    refused = CliRunner().invoke(main, many)
    assert refused.exit_code == 2
    assert "has no landlock, seccomp" in refused.output
    assert CliRunner().invoke(main, [*many, "--no-isolation"]).exit_code == 3
    own = CliRunner().invoke(main, ["check", str(exercise), "--pack", "tiny"])
    assert own.exit_code == 1
    assert "warning: programs run here without landlock, seccomp" in own.stderr
    told = CliRunner().invoke(main, ["doctor"])
    assert "need landlock, seccomp as well" in told.output


def test_doctor(tmp_path):
    told = bugforge("doctor", cwd=tmp_path)
    assert "each tried just now" in told
    found = json.loads(bugforge("doctor", "--json", cwd=tmp_path))
    assert {row["layer"] for row in found["layers"]} == {
        "session", "namespaces", "rlimits", "landlock", "capabilities", "seccomp",
    }  # fmt: skip


def test_a_full_disk_keeps_what_was_graded(here, monkeypatch):
    from bugforge.errors import UsageError
    from bugforge.grading.journal import Journal

    with Journal(here, "x") as journal:
        journal.add("ann", "1", {"a": 1})
        full = open("/dev/full", "a+b", buffering=0)  # noqa: SIM115
        own, journal.file = journal.file, full
        with pytest.raises(UsageError, match=r"cannot be kept \(No space left on device\)"):
            journal.add("bob", "2", {"a": 2})
        journal.file = own
        full.close()
    with Journal(here, "x") as journal:
        assert journal["ann", "1"] == {"a": 1}
        assert ("bob", "2") not in journal
    shutil.rmtree(here / "state")
