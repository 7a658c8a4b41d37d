"""What exercises are made with: the places of a pack, and the gate that proves."""

from collections.abc import Iterator
from contextlib import contextmanager

from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.pack import Pack
from bugforge.runner.pool import Runner
from bugforge.store import Store, cache_folder


@contextmanager
def making(pack: Pack, jobs: int) -> Iterator[tuple[Sites, Gate]]:
    """Both of a pack, while the block runs."""
    with Store(cache_folder()) as store, Runner(jobs) as runner:
        runner.start()
        yield Sites(pack, store), Gate(runner, store)
