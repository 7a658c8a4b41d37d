"""An interviewer's bank: exercises that are trusted, who had which, and how they did. Public is `Bank`."""

from bugforge.bank.bank import Bank as Bank
