"""Between the grader's words and a practice's: what is claimed of a drill, and a verdict as its event."""

from collections.abc import Container

from bugforge.grading.diagnosis import Claim
from bugforge.grading.verdict import Nearness, Verdict
from bugforge.practice.drill import Drill
from bugforge.practice.events import Checked, Step


def claim_of(drill: Drill, classes: Container[str]) -> Claim:
    """What somebody suspects of a drill; `classes` are those that there are."""
    suspected = dict(drill.said).get(Step.SUSPECTED)
    if suspected is None:
        return Claim()
    return Claim((suspected.line,) if suspected.line else (), (suspected.bug,) if suspected.bug in classes else ())


def checked(drill: Drill, verdict: Verdict) -> Checked:
    """A verdict as an event of a drill."""
    said = [near for one in verdict.diagnosis for near in (one.line, one.bug) if near is not None]
    right = all(near is Nearness.RIGHT for near in said) if said else None
    return Checked(drill.name, verdict.grade, right)
