"""`bugforge bank`: the interviewer's exercises, who had which, and how they did."""

import click

from bugforge.cli import LazyGroup


class BankGroup(LazyGroup):
    known = {
        "init": ("bank.filling", "Make a new, empty bank."),
        "fill": ("bank.filling", "Prove exercises and put in those that are new."),
        "list": ("bank.exercises", "List the exercises of a bank."),
        "show": ("bank.exercises", "Show one exercise with its key."),
        "tag": ("bank.exercises", "Put tags on an exercise."),
        "note": ("bank.exercises", "Write a note on an exercise."),
        "retire": ("bank.exercises", "Take an exercise out of use."),
        "draw": ("bank.sets", "Pick exercises for one interview: none that the candidate has had."),
        "hand-out": ("bank.sets", "Write the bundle of a candidate's set: a folder or a zip."),
        "inspect": ("bank.inspecting", "Look for traces in a bundle that say where it comes from."),
        "grade": ("bank.grading", "Judge what came back, in a folder or a zip."),
        "score": ("bank.grading", "Note the interviewer's points on an exercise."),
        "stats": ("bank.stats", "How hard exercises proved to be."),
        "report": ("bank.report", "Write a page on the bank, or on how one candidate did."),
        "forget": ("bank.stats", "Delete all that is known of a candidate."),
        "rescue": ("bank.rescuing", "Write what can be read of a damaged bank into a new one."),
    }


@click.group("bank", cls=BankGroup)
def bank_command() -> None:
    """Keep exercises in one file, draw sets for candidates, and know who had what."""
