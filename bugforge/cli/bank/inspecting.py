"""`bugforge bank inspect`: whether a bundle tells more than it should."""

import json
from pathlib import Path

import click
import msgspec

from bugforge.bank import Bank
from bugforge.bank.inspecting import Trace
from bugforge.cli import options, screen
from bugforge.cli.bank.options import bank_option


@click.command("inspect")
@bank_option
@click.argument("bundle", type=click.Path(path_type=Path))
@options.json_option
def inspect_command(file: Path, bundle: Path, as_json: bool) -> None:
    """Look for traces in a bundle, and try what somebody with a pack would."""
    with Bank(file) as bank:
        found = bank.inspect(bundle)
    if as_json:
        screen.out.print(json.dumps(msgspec.to_builtins(found), indent=2))
    else:
        for trace in found.traces:
            screen.out.print(f"{trace}", style="red")
        clean = [kind for kind in Trace if kind not in {trace.trace for trace in found.traces}]
        screen.out.print(f"Looked for and not found: {'; '.join(clean)}.")
        for name, matches in found.matches.items():
            for match in matches:
                lines = screen.plural(match.differing, "line")
                screen.out.print(
                    f"{name}: whoever has the pack {match.pack} finds the bug in one comparison "
                    f"({match.implementation}, {lines} differ{'s' if match.differing == 1 else ''})"
                )
    raise SystemExit(1 if found.traces else 0)
