"""A warm process: an interpreter that imports once and forks many times. Here it is started, and made ready to fork."""

import gc
import os
import socket
import subprocess
import sys

from bugforge.errors import RunnerError
from bugforge.runner.limits import die_with_parent

KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def start(
    flags: str, module: str, *arguments: object, stderr: int = subprocess.DEVNULL
) -> tuple["subprocess.Popen[bytes]", socket.socket]:
    """A new interpreter that runs the module's `main` on the other end of a socket; and this end of it.

    `flags` isolate it from this process's surroundings. Raises RunnerError where processes cannot fork.
    """
    if not hasattr(os, "fork"):
        raise RunnerError("programs are run in forked processes, which this system does not have; use Linux or macOS")
    ours, theirs = socket.socketpair()
    given = ", ".join(map(repr, (theirs.fileno(), *arguments)))
    program = f"import sys; sys.path[:] = {sys.path!r}; from {module} import main; main({given})"
    with theirs:
        process = subprocess.Popen(
            [sys.executable, flags, "-c", program],
            env=clean_environment(),
            cwd=os.path.abspath(os.sep),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
    return process, ours


def clean_environment() -> dict[str, str]:
    """What a warm process sees of this one's environment: nothing that could sway a result."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT or name.startswith("OPENBLAS_")}
    return {**kept, **dict.fromkeys(THREADS, "1"), "PYTHONHASHSEED": "0", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def settle() -> None:
    """After its imports: end with the parent, say and hear nothing, and leave all there is to every fork uncopied."""
    die_with_parent()
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    gc.collect()
    gc.freeze()
