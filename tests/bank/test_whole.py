"""From an empty bank to graded candidates, with exercises of the standard pack."""

import shutil
from types import SimpleNamespace

import pytest

from bugforge.bank import Bank, Criterion, GivenTests, Interview, Request
from bugforge.errors import BankError
from bugforge.model import Grade
from bugforge.pack import load_pack

EXERCISES, CANDIDATES = 40, 20
ROUND = Interview("any", 20)
HOSTILE = "import os\n\nos.kill(os.getppid(), 9)\n"


@pytest.fixture(scope="module")
def season(tmp_path_factory):
    """A bank of forty exercises, sets for twenty candidates in two groups, and their bundles."""
    place = tmp_path_factory.mktemp("season")
    with Bank.create(place / "bank.db") as bank:
        filled = bank.fill(until=EXERCISES, seed=11)
        assert (filled.total, filled.exhausted) == (EXERCISES, False)
        drawn = {}
        for number in range(CANDIDATES):
            name, quiet = f"candidate {number}", number % 5 == 4
            drawn[name] = bank.draw(
                Request(
                    name,
                    ROUND,
                    group=f"group {number % 2}",
                    seed=number,
                    tests=GivenTests.QUIET if quiet else GivenTests.ALL,
                    controls=int(quiet),
                )
            )
            bank.hand_out(name, place / f"{number}.zip" if number % 2 else place / str(number))
        yield SimpleNamespace(bank=bank, place=place, drawn=drawn)


def test_a_bank_of_the_standard_pack_is_varied(season):
    found = season.bank.find()
    assert len({item.problem for item in found}) >= 20
    assert len({item.bugs for item in found}) >= 38


def test_nobody_of_a_group_has_what_another_has(season):
    for group in range(2):
        mine = [drawn for name, drawn in season.drawn.items() if int(name.split()[1]) % 2 == group]
        had = [item.id for drawn in mine for item in drawn.items]
        assert len(set(had)) == len(had)
        assert all(drawn.minutes > ROUND.minutes - 10 for drawn in mine)


def test_no_bundle_tells_where_it_comes_from(season):
    for number in range(4):
        path = season.place / str(number)
        assert season.bank.inspect(path if path.exists() else path.with_suffix(".zip")).traces == ()


def handed_out(season, number):
    """The folders of a candidate's bundle, and the sheets of what is in them."""
    path = season.place / str(number)
    if not path.exists():
        shutil.unpack_archive(path.with_suffix(".zip"), path)
    folders = sorted(folder for folder in path.iterdir() if folder.is_dir())
    return path, folders, [season.bank.sheet(folder.name) for folder in folders]


def answer(season, number, program, form=lambda _: ""):
    """What becomes of a candidate's bundle in which `program` makes each program of a sheet and what was handed out."""
    path, folders, sheets = handed_out(season, number)
    for sheet, folder in zip(sheets, folders, strict=True):
        file = folder / sheet.program
        file.write_text(program(sheet, file.read_text()))
    answers = [f"[{folder.name}]\n{form(sheet)}\n" for sheet, folder in zip(sheets, folders, strict=True)]
    (path / "answers.toml").write_text("".join(answers))
    graded, notes = season.bank.grade(path, seeds=[3])
    assert notes == []
    return graded


def test_the_right_fix_with_the_right_word(season):
    def form(sheet):
        (bug,) = sheet.bugs
        return f'line = {bug.lines[0]}\nbug = "{bug.bug_class.id}"\nminutes = 4\n'

    graded = answer(season, 0, program=lambda sheet, _: sheet.original, form=form)
    assert {one.verdict.grade for one in graded} == {Grade.FIXED}
    assert {(d.line, d.bug) for one in graded for d in one.verdict.diagnosis} == {("right", "right")}


def test_the_same_by_another_algorithm(season):
    """Another implementation of the problem, where there is one."""
    problems = load_pack().problems

    def other(sheet, broken):
        of_problem = problems[sheet.about.name].implementations
        return next((i.source for i in of_problem.values() if i.source != sheet.original), sheet.original)

    found = []
    for number in (2, 6):
        found += [one.verdict.grade for one in answer(season, number, program=other)]
    assert set(found) == {Grade.FIXED}


def test_wrong_hostile_and_empty(season):
    for number, program in (
        (1, lambda sheet, broken: broken),
        (3, lambda sheet, broken: HOSTILE),
        (5, lambda sheet, broken: broken.replace("return", "return None  #")),
    ):
        assert {one.verdict.grade for one in answer(season, number, program=program)} == {Grade.NOT_FIXED}
    assert {one.verdict.grade for one in answer(season, 7, program=lambda *_: "")} == {Grade.COULD_NOT_GRADE}


def test_no_bug_on_a_control_and_on_a_broken_program(season):
    graded = answer(season, 4, program=lambda sheet, given: given, form=lambda _: "no_bug = true")
    assert [one.false_alarm for one in graded] == [False] * len(graded)
    assert sorted(one.missed for one in graded) == [False, *[True] * (len(graded) - 1)]
    graded = answer(season, 9, program=lambda sheet, given: given, form=lambda _: "line = 9")
    assert sum(one.false_alarm for one in graded) == 1


def test_another_candidates_variant(season):
    """One who solves nothing and copies what somebody of the other group was handed out, in their names."""
    theirs = {}
    for number in range(0, 20, 2):
        theirs |= {sheet.id: (f"candidate {number}", sheet.original) for sheet in handed_out(season, number)[2]}
    copied = 0
    for number in (11, 13, 15, 17, 19):
        graded = answer(season, number, program=lambda sheet, given: theirs.get(sheet.id, ("", given))[1])
        for one in graded:
            whose, _ = theirs.get(one.assigned.sheet.id, (None, None))
            if whose and not one.assigned.is_control:
                copied += 1
                assert one.verdict.grade is Grade.FIXED
                assert one.marks.known == (one.marks.of >= 3)  # by the names that there are, which are of chance
                assert one.marks.carried == one.marks.of
    assert copied >= 1


def test_the_end_of_the_season(season):
    """An interviewer's word, the pages, and one candidate who is forgotten."""
    (folder, *_), (sheet, *_) = handed_out(season, 0)[1:]
    season.bank.score(folder.name, {Criterion.UNDERSTANDING: 21}, hints=1)
    page = season.bank.score_sheet("candidate 0")
    assert sheet.about.title in page and "21 of 25" in page and "1 hint given" in page
    before = season.bank.stats()
    assert before.answers >= 20
    season.bank.forget("candidate 0")
    assert season.bank.stats().answers == before.answers
    assert "candidate 0" not in season.bank.report()
    with pytest.raises(BankError, match="knows no candidate"):
        season.bank.score_sheet("candidate 0")
    assert b"candidate 0" not in (season.place / "bank.db").read_bytes()
