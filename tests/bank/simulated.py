"""Candidates of known ability, whose answers go through the bank's own drawing, handing out and grading."""

from pathlib import Path

import numpy as np

from bugforge.bank import Bank, Interview, Request
from bugforge.bank.grading import grade
from bugforge.grading.subject import Submission
from bugforge.grading.verdict import TestVerdict, Verdict
from bugforge.model import Grade, Outcome
from bugforge.sheet import Sheet

ROUND = Interview("any", 45)
WHY = 'It divides by <b>n</b>, & "n" is 0 </blockquote><script>alert(1)</script> \x1b[31m'


class NoRunner:
    """Runs nothing."""

    def run(self, tasks):
        return ()


class Grader:
    """Takes the place of the sandbox: what is the original is right."""

    runner, seeds, limits = NoRunner(), (3,), None

    def __init__(self, sheets: list[Sheet]) -> None:
        self.originals = {sheet.original for sheet in sheets}
        self.tests = {sheet.about.name: (*sheet.observation.failing, *sheet.observation.passing) for sheet in sheets}

    def grade(self, submissions: list[Submission]):
        for number, one in enumerate(submissions):
            fixed = one.source in self.originals
            outcome = Outcome.PASSED if fixed else Outcome.FAILED
            tests = tuple(TestVerdict(name, outcome, "", False) for name in self.tests[one.subject.contract.module])
            judged = Grade.FIXED if fixed else Grade.NOT_FIXED
            reason = "all tests pass" if fixed else "a test fails: the mean of 1 and 4 is 2.5"
            yield number, Verdict(one.name, judged, reason, tests, (3,), lines_changed=int(fixed), lines_minimal=1)


def interview(bank: Bank, place: Path, candidate: str, solves, said: str = WHY, minutes: float = 5, **asked):
    """One set that is drawn, handed out and graded; `solves(item)` says whether each is fixed, and told rightly."""
    drawn = bank.draw(Request(candidate, ROUND, **asked))
    out = place / f"set {drawn.number}"
    labels = bank.hand_out(candidate, out, drawn.number, variants=False).labels
    items, form, sheets = {item.id: item for item in drawn.items}, "", []
    for folder, id_ in labels.items():
        sheet = bank.sheet(id_)
        sheets.append(sheet)
        bug, right = sheet.bugs[0], solves(items[id_])
        if right:
            (out / folder / sheet.program).write_text(sheet.original)
        line, named = (bug.lines[0], bug.bug_class.id) if right else (1, "something else")
        why = said.replace("\\", "\\\\").replace('"', '\\"').replace("\x1b", "\\u001b")
        form += f'[{folder}]\nline = {line}\nbug = "{named}"\nwhy = "{why}"\nminutes = {minutes}\n'
    (out / "answers.toml").write_text(form)
    return grade(bank._database, out, Grader(sheets))[0]


def season(bank: Bank, place: Path, candidates: int, months: int = 1) -> None:
    """Interviews with candidates of standard normal ability, one half of the exercises being harder than the other."""
    rng = np.random.default_rng(0)
    for number, ability in enumerate(rng.normal(size=candidates)):

        def solves(item, ability=ability):
            return bool(rng.random() < 1 / (1 + np.exp(-2 * ability - (int(item.id, 16) % 2))))

        interview(bank, place, f"candidate {number}", solves, minutes=float(4 + rng.integers(8)), seed=number)
        with bank._database.writing() as connection:  # as if it had been then
            drawn = f"2026-{1 + number % months:02}-15T10:00:00+00:00"
            connection.execute("update sets set drawn = ? where id = (select max(id) from sets)", (drawn,))
