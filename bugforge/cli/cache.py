"""`bugforge cache`: what was proven and is kept."""

import click

from bugforge.cli import screen
from bugforge.store import FILE, Store, cache_folder, remove


@click.command("cache")
@click.option("--clear", is_flag=True, help="Forget every proof; the next commands prove anew.")
def cache_command(clear: bool) -> None:
    """Say where proofs are kept and how many there are; `--clear` forgets them."""
    folder = cache_folder()
    if clear:
        remove(folder)
        screen.out.print(f"{folder / FILE} is gone.")
        return
    with Store(folder, screen.warn) as store:
        counts = store.counts()
    size = sum(path.stat().st_size for path in folder.glob(f"{FILE}*")) / 1e6 if folder.exists() else 0.0
    kept = ", ".join(f"{count} {kind}" for kind, count in counts.items()) or "nothing yet"
    screen.out.print(f"{folder / FILE}: {kept} ({size:.1f} MB)")
