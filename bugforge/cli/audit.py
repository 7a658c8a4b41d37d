"""`bugforge audit`: the proof of a pack, and its kill matrix."""

import dataclasses
import json
from pathlib import Path

import click

from bugforge.audit import Audit, audit
from bugforge.cli import options, screen
from bugforge.pack import Pack, load
from bugforge.runner.pool import Runner


@click.command("audit")
@options.pack_option
@options.json_option
@options.jobs_option
def audit_command(pack: Path | None, as_json: bool, jobs: int) -> None:
    """Prove a pack: references pass, examples hold, every mutator kills somewhere, survivors are explained."""
    with Runner(jobs) as runner, screen.progress("proving the pack") as bar:
        loaded = load(pack)
        found = audit(loaded, runner, lambda name: bar(description=name))
    if as_json:
        rows = [dataclasses.asdict(row) for row in found.rows]
        data = {"rows": rows, "faults": found.faults, "never_applied": found.never_applied}
        screen.out.print(json.dumps(data, indent=2))
    else:
        _show(found, loaded)
    raise SystemExit(1 if found.faults else 0)


def _show(found: Audit, pack: Pack) -> None:
    out = screen.out
    for problem in pack.problems.values():
        for name in problem.implementations:
            rows = [row for row in found.rows if (row.problem, row.implementation) == (problem.name, name)]
            counts = {fate: sum(row.fate == fate for row in rows) for fate in ("killed", "equivalent", "refused")}
            survived = sum(row.fate == "survived" for row in rows)
            out.print(
                f"{problem.name}/{name}: {screen.plural(len(rows), 'mutant')}, {counts['killed']} killed, "
                f"{survived} survived, {counts['equivalent']} equivalent, {counts['refused']} refused"
            )
    out.print()
    for row in found.rows:
        if row.fate in ("equivalent", "refused"):
            out.print(f"{row.fate}: {row.mutator} in {row.problem}/{row.implementation} line {row.line}: {row.detail}")
    classes = {row.mutator for row in found.rows if row.fate == "killed"}
    total, equivalent = len(found.rows), found.count("equivalent")
    out.print(
        f"{screen.plural(total, 'mutant')}: {found.count('killed')} killed, {found.count('survived')} survived, "
        f"{equivalent} declared equivalent ({equivalent / max(total, 1):.1%}), {found.count('refused')} refused; "
        f"{len(classes)} of {screen.plural(len(pack.mutators), 'bug class')} kill somewhere."
    )
    for fault in found.faults:
        out.print(f"fault: {fault}", style="red")
    out.print("The pack is proven." if not found.faults else f"{screen.plural(len(found.faults), 'fault')} to mend.")
