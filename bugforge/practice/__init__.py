"""From one drill to being ready: a plan, drills, and what comes back. Public is what this names."""

from bugforge.practice.practice import Practice as Practice
