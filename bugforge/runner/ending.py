"""How a test, or the module under test, ended."""

from dataclasses import dataclass

from bugforge.model import Outcome


@dataclass(frozen=True)
class Ending:
    """The outcome, the name of the exception and the reason, if any."""

    outcome: Outcome
    exception: str = ""
    reason: str = ""
