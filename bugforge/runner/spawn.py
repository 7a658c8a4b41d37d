"""Starts a fork server: a fresh interpreter that imports its libraries once and forks a process for every request."""

import gc
import os
import socket
import subprocess
import sys

from bugforge.errors import RunnerError
from bugforge.runner.limits import die_with_parent

KEPT_VARIABLES = (
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT", "NPY_DISABLE_CPU_FEATURES"
)  # fmt: skip
THREAD_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def start_server(
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
    """What a server sees of this process's environment: nothing that could sway a result."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT_VARIABLES or name.startswith("OPENBLAS_")}
    fixed = {"PYTHONHASHSEED": "0", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return {**kept, **dict.fromkeys(THREAD_VARIABLES, "1"), **fixed}


def prepare_to_fork() -> None:
    """Called in a server after its imports: it ends with its parent, is silent, and every fork shares its memory."""
    die_with_parent()
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    gc.collect()
    gc.freeze()
