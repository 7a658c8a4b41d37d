"""The commands as a user runs them: what they print, what they leave, and how they end."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.runner.test_runner import heed_interrupts, wait_for

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "bugforge"]
SEED = 17  # of the README's example


def bugforge(*arguments, cwd, code=0, **variables):
    """Run the command and expect an exit code and no traceback; returns what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    ended = subprocess.run(
        [*COMMAND, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, env=environment, check=False
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def drills(tmp_path_factory):
    """A folder in which three exercises were generated."""
    here = tmp_path_factory.mktemp("drills")
    told = bugforge("generate", "--count", 3, "--seed", SEED, cwd=here)
    return here, told


@pytest.fixture
def mine(drills, tmp_path):
    """A copy of the three exercises, to be edited."""
    shutil.copytree(drills[0] / "generated", tmp_path / "generated")
    return tmp_path


def folders(here):
    return sorted(p for p in (here / "generated").iterdir() if p.name != "answers")


def fix(here, exercise):
    patch = here / "generated" / "answers" / f"{exercise.name}.patch"
    subprocess.run(["git", "apply", str(patch)], cwd=exercise, check=True)


def test_generate_prints_what_to_do_and_no_bug(drills, standard):
    here, told = drills
    assert f"3 exercises made with seed {SEED}." in told
    assert "bugforge check" in told
    assert len(folders(here)) == 3
    assert not any(bug_class in told for bug_class in standard.bug_classes)


def test_the_same_seed_gives_the_same_bytes_whatever_the_jobs(drills, tmp_path):
    bugforge("generate", "--count", 3, "--seed", SEED, "--jobs", 1, cwd=tmp_path)
    assert tree(tmp_path / "generated") == tree(drills[0] / "generated")


def test_generating_again_keeps_what_is_there(mine):
    edited = folders(mine)[0] / "README.md"
    edited.write_text("my notes")
    told = bugforge("generate", "--count", 3, "--seed", SEED, cwd=mine)
    assert "was there already, left alone" in told
    assert "0 exercises made" in told
    assert edited.read_text() == "my notes"


def test_without_a_seed_others_are_made_beside(mine):
    told = bugforge("generate", "--count", 1, "--no-answers", cwd=mine)
    assert "1 exercise made with seed" in told
    assert len(folders(mine)) == 4


def pytest_of(exercise):
    return subprocess.run(
        [sys.executable, "-B", "-m", "pytest", "-q"], cwd=exercise, capture_output=True, text=True, check=False
    )


def test_pytest_is_red_before_the_fix_and_green_after(mine):
    for exercise in folders(mine):
        red = pytest_of(exercise)
        assert red.returncode == 1
        failed, passed = (int(re.search(rf"(\d+) {kind}", red.stdout)[1]) for kind in ("failed", "passed"))
        assert f"\n{failed} of {failed + passed} tests fail" in (exercise / "README.md").read_text()
        fix(mine, exercise)
        assert pytest_of(exercise).returncode == 0
        assert not list(exercise.rglob("__pycache__"))


def test_the_readme_shows_what_is_printed(drills, mine):
    shown = (ROOT / "README.md").read_text()
    assert drills[1].partition("Start with")[0] in shown
    exercise = mine / "generated" / re.search(r"\$ cd generated/(\S+) &&", shown)[1]
    red = pytest_of(exercise).stdout.splitlines()
    (failed,) = (line for line in red if line.startswith("FAILED "))
    assert failed.partition(" - ")[0] in shown, "in a wide terminal and on a CI machine a reason follows"
    assert red[-1].rpartition(" in ")[0] in shown
    fix(mine, exercise)
    lines = bugforge("check", exercise, cwd=mine).splitlines()
    assert all(line in shown for line in lines[:8]), "the verdict, and how its explanation begins"


def test_a_full_disk_behind_the_output_is_told():
    with open("/dev/full", "w") as full:
        ended = subprocess.run(
            [*COMMAND, "list", "bugs"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ended.returncode == 2
    assert ended.stderr == "Error: the system says: No space left on device; mend that and run the command again\n"


def test_check_tells_broken_from_fixed(mine):
    first, *others = folders(mine)
    told = bugforge("check", cwd=mine, code=1)
    assert told.count(": not fixed") == 3
    assert "the file is as it was handed out" in told
    fix(mine, first)
    told = bugforge("check", first, cwd=mine)
    assert f"{first.name}: fixed" in told
    assert "The bug was " in told
    assert "1 of 3 fixed." in bugforge("check", cwd=mine, code=1)
    for exercise in others:
        fix(mine, exercise)
    assert "3 of 3 fixed." in bugforge("check", cwd=mine)


def test_check_takes_a_bare_file(mine, tmp_path):
    exercise = folders(mine)[0]
    problem = json.loads((exercise / "exercise.json").read_text())["problem"]
    file = tmp_path / f"{problem}.py"
    shutil.copy(exercise / file.name, file)
    assert ": not fixed" in bugforge("check", file, cwd=tmp_path, code=1)
    assert ": not fixed" in bugforge("check", exercise / file.name, cwd=tmp_path, code=1)
    fix(mine, exercise)
    shutil.copy(exercise / file.name, file)
    assert ": fixed" in bugforge("check", file, cwd=tmp_path)


def test_check_uses_its_own_copy_of_the_contract(mine):
    exercise = folders(mine)[0]
    for contract in exercise.glob("test_*.py"):
        contract.write_text("def test_nothing(): pass\n")
    told = bugforge("check", exercise, cwd=mine, code=1)
    assert "differs from the original, which was used instead" in told


def test_check_speaks_exercism(mine):
    exercise = folders(mine)[0]
    told = json.loads(bugforge("check", exercise, "--json", "--seeds", "3,4", cwd=mine, code=1))
    assert (told["version"], told["status"]) == (3, "fail")
    assert {test["status"] for test in told["tests"]} >= {"pass"}
    assert told["bugforge"]["seeds"] == [0]
    assert "seccomp" in told["bugforge"]["layers"]
    fix(mine, exercise)
    told = json.loads(bugforge("check", exercise, "--json", "--seeds", "3,4", cwd=mine))
    assert told["status"] == "pass"
    assert told["bugforge"]["seeds"] == [0, 3, 4]
    assert isinstance(json.loads(bugforge("check", "--json", cwd=mine, code=1)), list)


FILES = [
    # what is put in the place of the program, exit code, what is told
    (b"", 3, "is empty"),
    (b"def f(:\n", 1, "it is not a Python program ("),
    (b"\x80 = 1", 3, "is not UTF-8 text"),
    (b"#" * 50_000_000, 3, "more than the 131,072 it may have"),
    (b"import sys; sys.exit(0)\n", 1, "cannot be imported"),
    (b"raise ValueError('\\x1b[2Jred')\n", 1, "\\x1b[2Jred"),
]


@pytest.mark.parametrize(("data", "code", "told"), FILES, ids=[name for _, _, name in FILES])
def test_check_of_bad_files(mine, data, code, told):
    exercise = folders(mine)[0]
    problem = json.loads((exercise / "exercise.json").read_text())["problem"]
    (exercise / f"{problem}.py").write_bytes(data)
    assert told in bugforge("check", exercise, cwd=mine, code=code)


def test_check_of_missing_and_damaged_things(mine):
    exercise = folders(mine)[0]
    problem = json.loads((exercise / "exercise.json").read_text())["problem"]
    (exercise / f"{problem}.py").unlink()
    assert "put the program back" in bugforge("check", exercise, cwd=mine, code=3)
    (exercise / "exercise.json").write_text("{")
    assert "is damaged" in bugforge("check", exercise, cwd=mine, code=3)
    assert "there is no nowhere" in bugforge("check", "nowhere", cwd=mine, code=3)
    assert "is no exercise" in bugforge("check", mine, cwd=mine, code=3)
    assert "run `bugforge generate`" in bugforge("check", cwd=mine / "generated", code=2)
    assert "is no list of whole numbers" in bugforge("check", "--seeds", "x", cwd=mine, code=2)


USAGE = [
    (["--topic", "clusterng"], "did you mean clustering?"),
    (["--bug", "missing-bia"], "did you mean missing-bias"),
    (["--seed", "x"], "'x' is not a valid integer"),
    (["--count", "0"], "Invalid value for '--count'"),
    (["--difficulty", "extreme"], "Invalid value for '--difficulty'"),
    (["--pack", "nowhere"], "is no pack"),
    (["--bugs"], "No such option"),
]


@pytest.mark.parametrize(("arguments", "told"), USAGE)
def test_generate_of_wrong_requests(tmp_path, arguments, told):
    assert told in bugforge("generate", *arguments, cwd=tmp_path, code=2)
    assert list(tmp_path.iterdir()) == []


def test_generate_into_bad_places(tmp_path):
    (tmp_path / "file").write_text("mine")
    assert "is a file, not a folder" in bugforge("generate", "--out", "file", cwd=tmp_path, code=2)
    assert "is a file, not a folder" in bugforge("generate", "--out", "file/x", cwd=tmp_path, code=2)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_broken_pack_is_told_in_full(tiny, tmp_path):
    (tiny / "mutators" / "statistics" / "missing_division.py").write_text("x = (")
    (tiny / "reference_impls" / "basics" / "mean" / "problem.toml").unlink()
    told = bugforge("generate", "--pack", tiny, cwd=tmp_path, code=2)
    assert "missing_division.py:1: this is not Python" in told
    assert "problem.toml:1: there is no problem.toml; write it" in told


def test_a_private_pack(tiny, tmp_path):
    told = bugforge("generate", "--pack", tiny, "--count", 3, "--seed", 1, cwd=tmp_path, code=1)
    assert "1 exercise made with seed 1." in told
    (exercise,) = folders(tmp_path)
    assert ": not fixed" in bugforge("check", exercise, cwd=tmp_path, code=1), "as is printed"
    assert ": not fixed" in bugforge("check", exercise, "--pack", tiny, cwd=tmp_path, code=1)
    fix(tmp_path, exercise)
    assert ": fixed" in bugforge("check", exercise, cwd=tmp_path)
    shutil.rmtree(tiny)
    assert "give it with --pack" in bugforge("check", exercise, cwd=tmp_path, code=3)
    answers = tmp_path / "generated" / "answers"
    assert ": fixed" in bugforge("check", exercise, "--answers", answers, cwd=tmp_path)


def test_what_was_proven_is_not_proven_again(tiny, tmp_path):
    """With and without the cache the same bytes; as JSON it is told what was proven now."""
    make = "generate", "--pack", tiny, "--count", 1, "--seed", 1, "--json", "--out"
    own = {"BUGFORGE_CACHE": str(tmp_path / "cache")}
    now = [
        json.loads(bugforge(*make, tmp_path / name, *options, cwd=tmp_path, **own))["exercises"][0]["proven_now"]
        for name, *options in (("first",), ("again",), ("anew", "--prove"), ("without", "--no-cache"))
    ]
    assert now == [True, False, True, True]
    first, *others = (tree(tmp_path / name) for name in ("first", "again", "anew", "without"))
    assert all(other == first for other in others)
    assert re.search(r"evidence.* sites", bugforge("cache", cwd=tmp_path, **own))


def test_a_cache_that_cannot_be_used_is_told_once(tiny, tmp_path):
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o700)
    (cache / "proofs.sqlite").write_text("notes")
    spoilt = {"BUGFORGE_CACHE": str(cache)}
    make = "generate", "--pack", tiny, "--count", 1, "--seed", 1, "--out"
    told = bugforge(*make, "out", cwd=tmp_path, **spoilt)
    assert told.count("proofs are not kept") == 1
    assert "1 exercise made" in told
    assert "is gone" in bugforge("cache", "--clear", cwd=tmp_path, **spoilt)
    assert "proofs are not kept" not in bugforge(*make, "other", cwd=tmp_path, **spoilt)


def test_a_secret_salts_ids_and_is_never_an_argument(tiny, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("salt\n")
    make = "generate", "--pack", tiny, "--count", 1, "--seed", 1, "--no-answers"
    bugforge(*make, "--out", "plain", cwd=tmp_path)
    bugforge(*make, "--out", "by_file", "--secret-file", secret, cwd=tmp_path)
    bugforge(*make, "--out", "by_environment", cwd=tmp_path, BUGFORGE_SECRET="salt")
    assert tree(tmp_path / "by_file") == tree(tmp_path / "by_environment") != tree(tmp_path / "plain")
    (exercise,) = (tmp_path / "by_file").iterdir()
    assert "cannot be explained" in bugforge("check", exercise, cwd=tmp_path, code=1)
    assert "cannot be explained" not in bugforge("check", exercise, "--secret-file", secret, cwd=tmp_path, code=1)
    (tmp_path / "empty").write_text("")
    for name, told in (("empty", "is empty"), ("missing", "cannot be read")):
        assert told in bugforge(*make, "--secret-file", tmp_path / name, cwd=tmp_path, code=2)


def test_list_and_explain(tiny, tmp_path, standard):
    assert "1 problem, 1 place to plant a bug." in bugforge("list", "problems", "--pack", tiny, cwd=tmp_path)
    (row,) = json.loads(bugforge("list", "bugs", "--json", "--pack", tiny, cwd=tmp_path))
    assert (row["bug class"], row["places"]) == ("missing-division", 1)
    assert "Parameters move along their gradient" in bugforge("explain", "gradient-ascent-step", cwd=tmp_path)
    assert "L(w, b)" in bugforge("explain", "linear_regression", cwd=tmp_path)
    assert json.loads(bugforge("explain", "kmeans", "--json", cwd=tmp_path))["topic"] == "clustering"
    assert "did you mean kmeans or kmeans-empty-cluster?" in bugforge("explain", "kmeanss", cwd=tmp_path, code=2)
    assert "`bugforge list bugs`" in bugforge("explain", "xyzzy", cwd=tmp_path, code=2)
    names = {line.split()[0] for line in bugforge("list", "bugs", cwd=tmp_path).splitlines()[1:] if line}
    assert set(standard.bug_classes) <= names, "a name is cut"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["genrate"], "there is no command 'genrate'; did you mean generate?"),
        (["generate", "--topic", "kmeans"], "kmeans is a problem, not a topic; give --problem kmeans"),
        (["generate", "--problem", "Clustering"], "clustering is a topic, not a problem; give --topic clustering"),
        (["generate", "--problem", "kmeanss"], "there is no problem 'kmeanss'; did you mean kmeans?"),
    ],
)
def test_a_name_that_is_nearly_right_gets_a_suggestion(tmp_path, arguments, told):
    assert told in bugforge(*arguments, cwd=tmp_path, code=2)


def test_fewer_than_asked_are_explained(tiny, tmp_path):
    ask = "generate", "--pack", tiny, "--count", 3
    told = bugforge(*ask, "--problem", "MEAN", "--bug", "missing_division", cwd=tmp_path, code=1)
    assert "There is no more: 1 of 3 asked for fit --problem mean --bug." in told
    told = bugforge(*ask, cwd=tmp_path, code=1)
    assert "There is no more: 0 of 3 asked for can be made of this pack; 1 other is in generated already." in told
    told = bugforge(*ask, "--bug-count", 2, "--bug", "missing-division", cwd=tmp_path, code=1)
    assert "an exercise has no two bugs of one class." in told


def test_audit_of_a_sound_and_of_an_unsound_pack(tiny, write_mutator, tmp_path):
    assert "The pack is proven." in bugforge("audit", "--pack", tiny, cwd=tmp_path)
    write_mutator("needless_list", '(Rewrite("np.asarray($x)", "np.array($x)"),)')
    write_mutator("nowhere_at_all", '(Rewrite("np.linalg.inv($x)", "$x"),)')
    told = bugforge("audit", "--pack", tiny, cwd=tmp_path, code=1)
    assert re.search(r"needless-list at spread:\w+:0 \(line 13\) survives", told)
    assert "needless-list applies but kills nowhere" in told
    assert "nowhere-at-all applies nowhere in the pack" in told
    assert "the example does not hold" in told
    toml = tiny / "reference_impls" / "basics" / "mean" / "problem.toml"
    data = json.loads(bugforge("audit", "--json", "--pack", tiny, cwd=tmp_path, code=1))
    (row,) = [row for row in data["rows"] if row["fate"] == "survived"]
    declared = f'implementation = "plain"\nmutator = "needless-list"\nsite = "{row["site"]}"\nreason = "A copy."\n'
    toml.write_text(f"{toml.read_text()}\n[[equivalent]]\n{declared}")
    told = bugforge("audit", "--pack", tiny, cwd=tmp_path, code=1)
    assert "equivalent: needless-list in mean/plain" in told
    toml.write_text(toml.read_text().replace(row["site"], "spread:00000000:0"))
    assert "is declared equivalent but is not there" in bugforge("audit", "--pack", tiny, cwd=tmp_path, code=1)


def test_a_mutator_that_fails_is_named_and_the_rest_goes_on(tiny, write_mutator, tmp_path):
    path = write_mutator("failing", '(Rewrite("np.abs($x)", "$x"),)')
    method = "\n    def mutate(self, code):\n        for node in code.program.parents:\n            node.x\n"
    path.write_text(path.read_text() + method)
    line = len(path.read_text().splitlines())
    told = bugforge("list", "bugs", "--pack", tiny, cwd=tmp_path)
    where = f"mean/plain: failing fails at line 1, in module (failing.py:{line}: AttributeError:"
    assert told.count(where) == 1
    assert re.search(r"missing-division +statistics +1 ", told)
    told = bugforge("generate", "--pack", tiny, "--count", 2, "--seed", 1, cwd=tmp_path, code=1)
    assert "1 exercise made with seed 1." in told
    assert told.count(where) == 1
    told = bugforge("audit", "--pack", tiny, cwd=tmp_path, code=1)
    assert f"fault: {where}" in told
    assert f"fault: mutators/statistics/failing.py:{line}: failing fails at line 1" in told


def test_audit_names_bugs_that_a_table_of_answers_hides(tiny, tmp_path):
    contract = tiny / "reference_impls" / "basics" / "mean" / "test_mean.py"
    contract.write_text(contract.read_text().replace("(rng)", "()").replace("rng.normal()", "3.0"))
    told = bugforge("audit", "--pack", tiny, cwd=tmp_path, code=1)
    assert "fault: mean/plain: missing-division at mean:" in told
    assert "fails no test that draws its data from `rng`" in told


def test_audit_names_bugs_that_a_lie_hides_unless_only_the_core_is_asked_for(tiny, tmp_path):
    contract = tiny / "reference_impls" / "basics" / "mean" / "test_mean.py"
    text = contract.read_text().replace("mean([1.0, 4.0]) == 2.5", "not mean([1.0, 4.0]) > 2.6")
    text = text.replace("mean([value] * 3) == pytest.approx(value)", "not abs(mean([value] * 3) - value) > 1e-9")
    contract.write_text(text.replace("spread([0.0, 0.0, -3.0]) == 2.0", "not spread([0.0, 0.0, -3.0]) > 2.0"))
    assert "The pack is proven." in bugforge("audit", "--core", "--pack", tiny, cwd=tmp_path)
    told = bugforge("audit", "--pack", tiny, cwd=tmp_path, code=1)
    assert re.search("missing-division at mean:.*is hidden by a lie from every test that it fails: .*mean is nan", told)


def test_an_interrupt_leaves_nothing_half_made(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    here = tmp_path / "here"
    here.mkdir()
    with subprocess.Popen(
        [*COMMAND, "generate", "--count", "30"],
        cwd=here,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,
    ) as making:
        process = psutil.Process(making.pid)
        wait_for(lambda: len(process.children(recursive=True)) >= 3)
        family = process.children(recursive=True)
        making.send_signal(signal.SIGINT)
        told = making.stderr.read()
        assert making.wait(timeout=30) == 130
    assert told.strip() == "Error: interrupted; what was finished is kept, nothing else is left"
    _, alive = psutil.wait_procs(family, timeout=20)
    assert not alive
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("bugforge-")] == []
    assert list(here.iterdir()) == []


def test_help_imports_nothing_heavy():
    script = (
        "import sys\nfrom bugforge.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    print(sorted(sys.modules))\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    for heavy in ("numpy", "pandas", "libcst", "pytest", "rich", "jinja2"):
        assert f"'{heavy}'" not in told
