"""`bugforge look`, and what a look is on the terminal."""

import json
from pathlib import Path

import click

from bugforge.cli import options, screen
from bugforge.cli.practice.shared import drill_at, profile_option
from bugforge.errors import UsageError
from bugforge.formats.text import visible
from bugforge.grading.submission import Unreadable, read_program
from bugforge.model import Outcome
from bugforge.pack import load_pack
from bugforge.practice import Practice
from bugforge.practice.drill import Drill
from bugforge.practice.looking import Look
from bugforge.practice.trying import Trying
from bugforge.prices import COMMUNICATION, LOOK


@click.command("look")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--test", metavar="NAME", help="This test, by its name [the first that fails].")
@profile_option
@options.pack_option
@options.json_option
def look_command(folder: Path | None, test: str | None, profile: str, pack: Path | None, as_json: bool) -> None:
    """Look at a failing test of a drill: values, shapes and ranges in the last call, and the first NaN."""
    with Practice(profile, pack=load_pack(pack), say=screen.warn) as practice:
        drill = drill_at(practice, folder)
        sheet = practice.sheet(drill)
        try:
            program = read_program(Path(drill.opened.folder) / sheet.program)
        except Unreadable as error:
            raise UsageError(str(error)) from None
        lines = _lines(practice, drill, program, test)
    screen.out.print(json.dumps({"lines": lines}, indent=2) if as_json else "\n".join(lines))


def _lines(practice: Practice, drill: Drill, program: str, test: str | None) -> list[str]:
    with Trying(practice.sheet(drill)) as trying:
        names = [name for name in trying.tests if test is None or test in name]
        if not names:
            raise UsageError(f"there is no test {test!r}; the file with the tests names them")
        results = trying.run(program, names)
        failing = next((one.name for one in results if one.outcome is not Outcome.PASSED and one.name in names), None)
    seen = practice.look(drill, program, failing) if failing else None
    if seen is None:
        return ["No test fails." if test is None else "That test passes."]
    return [*shown(seen), "", f"(a look costs {LOOK} of the {COMMUNICATION} points for communication)"]


def shown(seen: Look) -> list[str]:
    """A look in lines."""
    test = seen.test.rpartition("::")[2]
    lines = [f"{test}: {visible(seen.message)}" if seen.message else test, ""]
    if not seen.function:
        return [*lines, "The program was not called, or its process ended: there is nothing to see."]
    how = "raised" if seen.raised else "returned"
    lines.append(f"The last call was of {visible(seen.function)}, which {how} at line {seen.line}.")
    same = dict(seen.arguments)
    changed = [(name, text) for name, text in seen.locals if same.get(name) != text]
    for title, told in (("It was given", seen.arguments), ("At its end", changed)):
        if told:
            width = min(max(len(name) for name, _ in told), 24)
            lines += [f"{title}:", *(f"  {visible(name):{width}}  {visible(text)}" for name, text in told)]
    if seen.returned:
        lines.append(f"It returned {visible(seen.returned)}.")
    if seen.first_bad:
        function, line, name = seen.first_bad
        lines.append(f"The first NaN or infinity: {visible(name)}, after line {line} of {visible(function)}.")
    if seen.warned:
        lines.append("numpy or pandas gave a warning in this test.")
    return lines
