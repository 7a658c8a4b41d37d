"""What an audit found."""

from dataclasses import dataclass, field
from enum import StrEnum

from bugforge.audit.telling import Telling


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"  # survived, and the author says why
    REFUSED = "refused"  # by a rule of the gate


@dataclass(frozen=True)
class Row:
    """One mutant of the kill matrix."""

    problem: str
    implementation: str
    bug_class: str
    site: str
    line: int
    fate: Fate
    detail: str  # the test that kills it, the reason, or the rule

    @property
    def where(self) -> str:
        return f"{self.problem}/{self.implementation}: {self.bug_class} at {self.site} (line {self.line})"


@dataclass
class Audit:
    """What was found; the pack is proven when there is no `fault`."""

    rows: list[Row] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    costs: dict[str, dict[str, float]] = field(default_factory=dict)  # CPU seconds by implementation and test
    told: list[Telling] = field(default_factory=list)
    idle_tests: dict[str, list[str]] = field(default_factory=dict)  # that no mutant fails, by implementation

    def count(self, fate: Fate) -> int:
        return sum(row.fate is fate for row in self.rows)
