"""Which files a submission may read: the standard library, the libraries its problem allows, and shared objects.

Never the whole of site-packages: answers may be installed there.
"""

import os
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

STANDS_ON = {
    "pandas": ("numpy", "dateutil", "tzdata", "pytz", "six"),
    "scipy": ("numpy",),
    "sklearn": ("numpy", "scipy", "joblib", "threadpoolctl"),
    "pytest": ("_pytest", "pluggy", "iniconfig", "packaging", "pygments", "py"),
}
ELSEWHERE = ("/usr/share/zoneinfo", "/etc/localtime", "/etc/ld.so.cache", "/dev/null", "/dev/zero", "/dev/urandom")
NOT_LIBRARY = {"site-packages", "dist-packages"}


def usable(allowed: Iterable[str]) -> frozenset[str]:
    """The packages of these names, and those that they import themselves."""
    return frozenset(name for named in allowed for name in (named, *STANDS_ON.get(named, ())))


def readable(allowed: Iterable[str]) -> tuple[str, ...]:
    """Files and folders, for packages that are imported by these names."""
    packages = (path for name in usable(allowed) for path in _package(name))
    return tuple(sorted({*_standard_library(), *packages, *_shared_objects(), *ELSEWHERE}))


def _standard_library() -> Iterator[str]:
    for key in ("stdlib", "platstdlib"):
        folder = Path(sysconfig.get_path(key))
        yield from (str(path) for path in folder.iterdir() if path.name not in NOT_LIBRARY)


def _package(name: str) -> Iterator[str]:
    """A package's folder, or a module's file, and the folder of libraries that a wheel puts beside it."""
    spec = find_spec(name)
    if spec and spec.origin and spec.has_location:
        home = Path(spec.origin)
        yield str(home.parent if spec.submodule_search_locations else home)
        beside = home.parent.parent if spec.submodule_search_locations else home.parent
        yield str(beside / f"{name}.libs")


def _shared_objects() -> Iterator[str]:
    """The system's libraries in every folder that one is loaded from by now; the folder may hold other things too."""
    try:
        maps = Path("/proc/self/maps").read_text(encoding="utf-8")
    except OSError:
        return
    loaded = {line.split(maxsplit=5)[5] for line in maps.splitlines() if ".so" in line}
    for folder in {os.path.dirname(path) for path in loaded if path.startswith(("/lib", "/usr/lib"))}:
        if "python" not in folder:
            yield from (entry.path for entry in os.scandir(folder) if ".so" in entry.name and entry.is_file())
