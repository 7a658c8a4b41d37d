"""A verdict as data for programs, in the shape of Exercism's test runners, version 3."""

import dataclasses
from typing import Any

from bugforge.grading.verdict import Verdict
from bugforge.model import Grade, Outcome

STATUS = {Grade.FIXED: "pass", Grade.NOT_FIXED: "fail", Grade.COULD_NOT_GRADE: "error"}
STATUS_OF_TEST = {Outcome.PASSED: "pass", Outcome.FAILED: "fail"}  # any other is an error


def record(verdict: Verdict) -> dict[str, Any]:
    """`bugforge` holds what that shape has no place for. The bugs are told to those who fixed them."""
    bugs = verdict.bugs if verdict.grade is Grade.FIXED else ()
    return {
        "version": 3,
        "status": STATUS[verdict.grade],
        "message": None if verdict.grade is Grade.FIXED else verdict.reason,
        "tests": [
            {
                "name": test.name,
                "status": STATUS_OF_TEST.get(test.outcome, "error"),
                "message": test.message or None,
                "test_code": "",
            }
            for test in verdict.tests
        ],
        "bugforge": {
            "name": verdict.name,
            "grade": verdict.grade,
            "reason": verdict.reason,
            "exercise": verdict.exercise,
            "date": verdict.date,
            "seeds": verdict.seeds,
            "newly_broken": verdict.newly_broken,
            "lines_changed": verdict.lines_changed,
            "lines_minimal": verdict.lines_minimal,
            "forbidden_imports": verdict.forbidden_imports,
            "edge_cases": [test.name for test in verdict.tests if test.edge_case],
            "notes": verdict.notes,
            "layers": verdict.layers,
            "seconds": verdict.seconds,
            "diff": verdict.diff or None,
            "diagnosis": [dataclasses.asdict(said) for said in verdict.diagnosis],
            "bugs": [{"id": bug.id, "title": bug.title} for bug in bugs],
        },
    }
