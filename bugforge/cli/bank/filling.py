"""`bugforge bank init` and `fill`."""

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import click

from bugforge.bank import Bank, Cluster
from bugforge.bank.filling import Filled
from bugforge.cli import completion, options, screen
from bugforge.cli.bank.options import DEFAULT, bank_option, difficulty_option
from bugforge.forge.addresses import MOST_BUGS
from bugforge.pack import load_pack


@click.command("init")
@bank_option
def init_command(file: Path) -> None:
    """Make a new, empty bank."""
    Bank.create(file).close()
    where = "" if file == DEFAULT else f" --bank {screen.path(file)}"
    screen.out.print(f"{file} is a bank now; only you may read it. Fill it: bugforge bank fill --until 100{where}")


@click.command("fill")
@bank_option
@click.option("--count", type=click.IntRange(1), default=10, show_default=True, help="How many new exercises.")
@click.option("--until", type=click.IntRange(1), help="As many as the bank lacks of this number.")
@click.option("--topic", multiple=True, shell_complete=completion.topics, help="Only this topic; may be repeated.")
@click.option(
    "--problem", multiple=True, shell_complete=completion.problems, help="Only this problem; may be repeated."
)
@click.option(
    "--bug", multiple=True, shell_complete=completion.bugs, help="Only this bug class or category; may be repeated."
)
@click.option("--bug-count", type=click.IntRange(1, MOST_BUGS), default=1, show_default=True, help="Bugs in each.")
@difficulty_option
@click.option("--loud", is_flag=True, help="As many as come whose bug only raises errors [a tenth at most].")
@click.option("--seed", type=int, help="The same exercises again [a fresh one, printed].")
@click.option("--cluster", metavar="ADDRESS", help="Prove on the workers of a Dask cluster, as tcp://host:8786.")
@click.option("--tls-ca", type=click.Path(exists=True), help="Whom to trust, of a cluster with TLS.")
@click.option("--tls-cert", type=click.Path(exists=True), help="This side's certificate.")
@click.option("--tls-key", type=click.Path(exists=True), help="And its key.")
@options.pack_option
@options.no_cache_option
@options.json_option
@options.jobs_option
def fill_command(
    file: Path,
    count: int,
    until: int | None,
    topic: Sequence[str],
    problem: Sequence[str],
    bug: Sequence[str],
    bug_count: int,
    difficulty: str | None,
    loud: bool,
    seed: int | None,
    cluster: str | None,
    tls_ca: str | None,
    tls_cert: str | None,
    tls_key: str | None,
    pack: Path | None,
    no_cache: bool,
    as_json: bool,
    jobs: int,
) -> None:
    """Prove exercises and put in those that are new."""
    with Bank(file) as bank, screen.progress("proving exercises", until or count) as bar:
        filled = bank.fill(
            count,
            until=until,
            pack=load_pack(pack),
            topics=topic,
            problems=problem,
            bugs=bug,
            bug_count=bug_count,
            difficulty=difficulty,
            loud=loud,
            seed=seed,
            store=options.store(no_cache),
            jobs=jobs,
            cluster=Cluster(cluster, ca=tls_ca, cert=tls_cert, key=tls_key) if cluster else None,
            progress=lambda done: bar(completed=done),
        )
    if as_json:
        screen.out.print(json.dumps(dataclasses.asdict(filled), indent=2))
    else:
        _show_filled(filled)
    if filled.exhausted:
        raise SystemExit(1)


def _show_filled(filled: Filled) -> None:
    alike = f" {screen.plural(filled.alike, 'other')} differed in local names only." if filled.alike else ""
    screen.out.print(f"{screen.plural(filled.added, 'exercise')} put in with seed {filled.seed}.{alike}")
    if filled.exhausted:
        screen.out.print("There are no more of that kind; ask for another, or add problems and classes to the pack.")
    screen.out.print(f"The bank has {screen.plural(filled.total, 'exercise')}.")
