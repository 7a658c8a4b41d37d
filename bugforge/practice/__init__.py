"""From one drill to being ready: a plan, drills, and what comes back. Public is what this names."""

from bugforge.practice.notebook import drill as drill
from bugforge.practice.notebook import hint as hint
from bugforge.practice.notebook import look as look
from bugforge.practice.practice import Practice as Practice
