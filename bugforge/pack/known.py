"""Where packs lie: remembered in the user's data folder, so that an exercise finds the pack it was made from."""

import contextlib
import json
from pathlib import Path

import platformdirs

from bugforge.errors import BugforgeError
from bugforge.pack import Pack, is_pack, load_pack, pack_digest

MOST = 100  # packs that are remembered


def remember(pack: Pack) -> None:
    """Note where a pack lies; where that cannot be noted, it has to be named again."""
    known = {**_known(), pack.digest: str(pack.root)}
    with contextlib.suppress(OSError):
        _file().parent.mkdir(parents=True, exist_ok=True)
        draft = _file().with_suffix(".new")
        draft.write_text(json.dumps(dict(list(known.items())[-MOST:]), indent=2), encoding="utf-8")
        draft.replace(_file())


def find(digest: str) -> Pack | None:
    """The pack of this digest: where it lay, or in a folder beside that, where it was renamed.

    A pack that has been changed since is found where it lay.
    """
    place = _known().get(digest)
    if place is None:
        return None
    there = Path(place)
    with contextlib.suppress(BugforgeError, OSError):
        if is_pack(there):
            return load_pack(there)
        for other in sorted(there.parent.iterdir()):
            if is_pack(other) and pack_digest(other) == digest:
                return load_pack(other)
    return None


def installed() -> list[Pack]:
    """The standard pack, and every other that is remembered and can be loaded."""
    found = [load_pack()]
    for place in sorted({*_known().values()}):
        with contextlib.suppress(BugforgeError, OSError):
            if is_pack(Path(place)) and Path(place).resolve() != found[0].root:
                found.append(load_pack(place))
    return found


def _file() -> Path:
    return platformdirs.user_data_path("bugforge") / "packs.json"


def _known() -> dict[str, str]:
    try:
        known = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(digest): str(place) for digest, place in known.items()} if isinstance(known, dict) else {}
