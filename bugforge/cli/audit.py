"""`bugforge audit`: the proof of a pack, and its kill matrix."""

import dataclasses
import json
from pathlib import Path

import click

from bugforge.audit.counting import Counts, count
from bugforge.audit.proving import Depth, audit
from bugforge.audit.report import Audit, Fate
from bugforge.cli import options, screen
from bugforge.errors import UsageError
from bugforge.model import Difficulty
from bugforge.pack import Pack, load_pack
from bugforge.runner.pool import Runner

DEAREST = 5
LARGEST = 8  # bug classes


@click.command("audit")
@click.option(
    "--core", "depth", flag_value=Depth.CORE, help="Leave out symptoms, other fixes, liars and the ways of running."
)
@click.option("--matrix", "depth", flag_value=Depth.MATRIX, help="Every mutant under every test too, for a night.")
@click.option(
    "--count", "only_count", is_flag=True, help="How many exercises there are, of which kinds; proves no more."
)
@click.option(
    "--record", is_flag=True, help="Write the measured difficulties into the pack, where `list` and `generate` look."
)
@options.pack_option
@options.no_cache_option
@options.json_option
@options.jobs_option
def audit_command(
    depth: str | None, only_count: bool, record: bool, pack: Path | None, no_cache: bool, as_json: bool, jobs: int
) -> None:
    """Prove a pack: references pass, examples hold, every mutator kills somewhere, survivors are explained."""
    if (depth is not None) + only_count + record > 1:
        raise UsageError("--core, --matrix, --count and --record are different things to do; give one of them")
    loaded = load_pack(pack)
    if only_count:
        with options.store(no_cache) as store, Runner(jobs) as runner, screen.progress("counting exercises") as bar:
            counted = count(loaded, runner, store, lambda name: bar(description=name))
        _show_counts(counted, as_json)
        return
    with options.store(no_cache) as store, Runner(jobs) as runner, screen.progress("proving the pack") as bar:
        found = audit(
            loaded, runner, store, Depth(depth or Depth.WHOLE), lambda name: bar(description=name), record=record
        )
    if as_json:
        screen.out.print(json.dumps(dataclasses.asdict(found), indent=2))
    else:
        _show(found, loaded)
    raise SystemExit(1 if found.faults else 0)


def _show_counts(found: Counts, as_json: bool) -> None:
    if as_json:
        screen.out.print(json.dumps(dataclasses.asdict(found), indent=2))
        return
    width = max((len(name) for name in found.by_problem), default=0)
    columns = (*Difficulty, "loud")
    screen.out.print(f"{'one bug':{width}}{'all':>7}{''.join(f'{name:>8}' for name in columns)}")
    for name, kinds in (*found.by_problem.items(), ("all", found.total)):
        of_all = sum(kinds[level] for level in Difficulty)
        screen.out.print(f"{name:{width}}{of_all:7}{''.join(f'{kinds[column]:8}' for column in columns)}")
    total = sum(found.by_class.values())
    for name, number in found.by_class.most_common(LARGEST):
        screen.out.print(f"{name}: {screen.plural(number, 'exercise')}, {number / total:.1%} of all")
    low, high = (round(found.pairs * share) for share in found.two_bugs.interval)
    screen.out.print(
        f"two bugs: {low} to {high} of {screen.plural(found.pairs, 'pair')} "
        f"({found.two_bugs.hits} of {found.two_bugs.drawn} that were drawn; 95 % interval)"
    )


def _show(found: Audit, pack: Pack) -> None:
    out = screen.out
    for problem in pack.problems.values():
        for name in problem.implementations:
            rows = [row for row in found.rows if (row.problem, row.implementation) == (problem.name, name)]
            counts = ", ".join(f"{sum(row.fate is fate for row in rows)} {fate}" for fate in Fate)
            where = f"{problem.name}/{name}"
            spent = sum(found.costs.get(where, {}).values())
            told = [item for item in found.told if (item.problem, item.implementation) == (problem.name, name)]
            counts += f", {sum(item.in_demo for item in told)} seen in the demo" if told else ""
            out.print(f"{where}: {screen.plural(len(rows), 'mutant')}, {counts}; {1000 * spent:.0f} ms")
    out.print()
    for row in found.rows:
        if row.fate in (Fate.EQUIVALENT, Fate.REFUSED):
            where = f"{row.problem}/{row.implementation} line {row.line}"
            out.print(f"{row.fate}: {row.bug_class} in {where}: {row.detail}")
    tests = [(cost, name, test) for name, costs in found.costs.items() for test, cost in costs.items()]
    for cost, name, test in sorted(tests, reverse=True)[:DEAREST]:
        out.print(f"dear: {name}: {test} takes {1000 * cost:.0f} ms")
    for name, idle in found.idle_tests.items():
        for test in idle:
            out.print(f"idle: {name}: no mutant fails {test}")
    classes = {row.bug_class for row in found.rows if row.fate is Fate.KILLED}
    total, counts = len(found.rows), ", ".join(f"{found.count(fate)} {fate}" for fate in Fate)
    out.print(
        f"{screen.plural(total, 'mutant')}: {counts} ({found.count(Fate.EQUIVALENT) / max(total, 1):.1%} equivalent); "
        f"{len(classes)} of {screen.plural(len(pack.bug_classes), 'bug class')} kill somewhere."
    )
    for item in found.told:
        if not item.sentences:
            where = f"{item.bug_class} at {item.site} in {item.problem}/{item.implementation}"
            out.print(f"no symptom is true: {where}; seen: {', '.join(item.facts) or 'nothing that has a name'}")
    if found.told:
        true = sum(bool(item.sentences) for item in found.told)
        out.print(f"{true} of {screen.plural(len(found.told), 'exercise')} told by a symptom that was seen.")
    for fault in found.faults:
        out.print(f"fault: {fault}", style="red")
    out.print("The pack is proven." if not found.faults else f"{screen.plural(len(found.faults), 'fault')} to mend.")
