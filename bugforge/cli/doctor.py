"""`bugforge doctor`: which walls this machine puts around a program that is graded."""

import json

import click

from bugforge.cli import options, screen
from bugforge.runner.pool import Runner
from bugforge.runner.sandbox import LAYERS, MINIMUM


@click.command("doctor")
@options.json_option
def doctor_command(as_json: bool) -> None:
    """Try the walls around programs that are graded: which hold on this machine, and how to get the others."""
    with Runner() as runner:
        held = runner.layers
    enough = set(held) >= MINIMUM
    if as_json:
        rows = [{"layer": layer.name, "holds": layer.name in held, "keeps_out": layer.keeps_out} for layer in LAYERS]
        screen.out.print(json.dumps({"enough": enough, "layers": rows}, indent=2))
        return
    screen.out.print("A program that is graded runs behind these walls, each tried just now:\n")
    width = max(len(layer.name) for layer in LAYERS)
    for layer in LAYERS:
        holds = layer.name in held
        screen.out.print("  holds    " if holds else "  missing  ", style="green" if holds else "bold red", end="")
        screen.out.print(f"{layer.name:<{width}}  keeps out {layer.keeps_out}")
        if not holds:
            screen.out.print(f"{'':{width + 13}}to have it: {layer.without}")
    screen.out.print()
    if enough:
        screen.out.print("That is enough for programs of people you do not know.")
    else:
        missing = ", ".join(sorted(MINIMUM - set(held)))
        screen.out.print(f"Programs of people you do not know need {missing} as well.")
        screen.out.print("`bugforge check` on your own exercises goes on with a warning; grading many refuses.")
        screen.out.print("A verdict cannot be forged either way; but a program can read answer keys on this disk.")
