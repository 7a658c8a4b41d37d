"""Options that several commands take, and what they stand for."""

import os
from pathlib import Path

import click

from bugforge.cli import screen
from bugforge.errors import UsageError
from bugforge.store import Store, cache_folder

SECRET = "BUGFORGE_SECRET"  # the environment variable

pack_option = click.option(
    "--pack", type=click.Path(path_type=Path), help="A folder with reference_impls/ and mutators/ [the standard pack]."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="all cores", help="Processes at a time."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
no_cache_option = click.option("--no-cache", is_flag=True, help="Neither use nor keep proofs (bugforge cache).")
secret_option = click.option(
    "--secret-file",
    type=click.Path(path_type=Path),
    help=f"A file whose text salts ids, so that the pack alone does not find their bugs [${SECRET}].",
)


def store(no_cache: bool, anew: bool = False) -> Store:
    """The store of proofs of this user; one that is gone with the command where none is wanted."""
    return Store(None if no_cache else cache_folder(), screen.warn, anew=anew)


def secret(file: Path | None) -> str:
    """The secret of the file, or of the environment; empty where there is none."""
    if file is None:
        return os.environ.get(SECRET, "")
    try:
        text = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the secret in {file} cannot be read ({error}); name a small text file") from None
    if not text:
        raise UsageError(f"{file} is empty; write a secret of your own into it")
    return text
