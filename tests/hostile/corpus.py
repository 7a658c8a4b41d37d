"""The hostile corpus: programs that keep their bug and cheat, or harm, or stall; and honest ones that look unusual.

A file is a submission for the problem `mse_rmse`, or for the one that its header names. Where it defines none of the
problem's functions, the broken program is put behind it. Its docstring is a line that says what it tries, then fields:

    problem:     problem/implementation [mse_rmse/plain_python]
    redefines:   what of the correct program, behind which it is put then, it has in its own way
    allowed:     libraries that the problem allows for this file, beside its own
    verdict:     what it is said to be: not fixed, could not grade, or fixed
    because:     words of the verdict's reason
    stopped by:  layers of the sandbox, each of which suffices; with all of them off it succeeds. Or `wire`: it succeeds
                 where a plain pytest runs beside it. Or `seeds`: it succeeds on the public seed alone
    success:     what its success looks like: fixed, canary, victim, knock, survivor (see Traps), or words that it says
                 in an error, and so in the verdict's reason
    as:          root, where its success is a matter of root's privileges
    on:          x86_64, where it speaks the machine's language

In its text @CANARY@ is a file that nobody may touch, in a folder of its own; @SECRET@ a file with the correct program,
@VICTIM@ a process of the same user, which knows "loot of the victim", @PORT@ a port of the machine that listens, also
as the name of an abstract socket; a process that is to outlive its test calls itself bf-@PORT@. @DEEP@ is a sum of a
hundred thousand terms.
"""

import ast
import contextlib
import os
import platform
import re
import shutil
import socket
import sys
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from bugforge.grading.subject import Submission, subject_from
from bugforge.pack import Pack

HERE = Path(__file__).parent
FIELD = re.compile(r"^(problem|redefines|allowed|verdict|because|stopped by|success|as|on): *(.+)$", re.MULTILINE)
ANSWERS = re.compile(r"^(def )?mse\b", re.MULTILINE)
VICTIM = "import time\nwhile True: time.sleep(0.1)"
BROKEN = ("return total / len(y_true)", "return total")


@dataclass(frozen=True)
class Case:
    """One file of the corpus."""

    path: Path
    fields: dict[str, str] = field(hash=False)

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def stopped_by(self) -> frozenset[str]:
        return frozenset(re.split(r", *", self.fields.get("stopped by", ""))) - {""}

    @property
    def waits(self) -> bool:
        """Whether the clock ends it, here or where its layers are off: what computes runs out of CPU time first."""
        return "did not answer" in {self.fields.get("because"), self.fields.get("success")}

    @property
    def can_succeed_here(self) -> bool:
        """Whether this user and this machine are those that its attack is made for."""
        privileged = self.fields.get("as") != "root" or os.geteuid() == 0
        return privileged and self.fields.get("on", platform.machine()) == platform.machine()

    def submission(self, pack: Pack, traps: "Traps") -> Submission:
        problem_name, _, implementation_name = self.fields.get("problem", "mse_rmse/plain_python").partition("/")
        problem = pack.problems[problem_name]
        problem = replace(problem, allowed=(*problem.allowed, *self.fields.get("allowed", "").split()))
        implementation = problem.implementations[implementation_name]
        text = traps.laid(self.path.read_text(encoding="utf-8", errors="surrogateescape"))
        if problem_name == "mse_rmse" and not ANSWERS.search(text):
            text += f"\n\n{implementation.source.replace(*BROKEN)}"
        if "redefines" in self.fields:
            text = f"{implementation.source}\n\n{text}"
        return Submission(self.name, text, subject_from(problem, implementation, 0))


def cases() -> list[Case]:
    found = []
    for path in sorted(HERE.glob("*/*.py")):
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        found.append(Case(path, dict(FIELD.findall(docstring))))
    return found


class Traps:
    """What a submission might touch, and whether it has."""

    def __init__(self, pack: Pack) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bf-traps-"))
        self.folder.chmod(0o777)
        self.canary, self.secret = self.folder / "canary", self.folder / "secret.py"
        self.secret.write_text(pack.problems["mse_rmse"].implementations["plain_python"].source)
        self.victim = psutil.Popen([sys.executable, "-c", VICTIM], env={"KNOWS": "loot of the victim"})
        self.listener, self.datagrams = socket.socket(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.abstract = socket.socket(socket.AF_UNIX)
        self.listener.bind(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.datagrams.bind(("127.0.0.1", self.port))
        self.abstract.bind(f"\0{self.port}")
        for sock in (self.listener, self.abstract):
            sock.listen()
        for sock in (self.listener, self.abstract, self.datagrams):
            sock.setblocking(False)
        self.canary.write_text("alive")
        self.files, self.peace = self._files(), self._peace()

    def laid(self, text: str) -> str:
        places = {"CANARY": self.canary, "SECRET": self.secret, "VICTIM": self.victim.pid, "PORT": self.port}
        for name, value in {**places, "DEEP": "+1" * 100_000}.items():
            text = text.replace(f"@{name}@", str(value))
        return text

    def sprung(self) -> set[str]:
        """Which traps show that they were touched."""
        found = set()
        if self._files() != self.files:
            found.add("canary")
        if self._peace() != self.peace:
            found.add("victim")
        if self._knocked():
            found.add("knock")
        if self._survivors():
            found.add("survivor")
        return found

    def _files(self) -> object:
        names = sorted(path.name for path in self.folder.iterdir())
        return names, self.canary.exists() and (self.canary.read_text(), self.canary.stat().st_ctime_ns)

    def _peace(self) -> object:
        """Whether the victim lives, and how well."""
        if self.victim.poll() is not None:
            return "dead"
        stopped = self.victim.status() in (psutil.STATUS_STOPPED, psutil.STATUS_TRACING_STOP)
        return stopped, self.victim.nice(), self.victim.cpu_affinity(), self.victim.rlimit(psutil.RLIMIT_NOFILE)

    def _knocked(self) -> bool:
        for knock in (self.listener.accept, self.abstract.accept, lambda: self.datagrams.recv(1)):
            try:
                knock()
            except BlockingIOError:
                continue
            return True
        return False

    def _survivors(self) -> list[psutil.Process]:
        """Processes that outlive their test, by the name that they give themselves."""
        return [process for process in psutil.process_iter(["name"]) if process.info["name"] == f"bf-{self.port}"]

    def close(self) -> None:
        for process in self._survivors():
            process.kill()
        with contextlib.suppress(psutil.NoSuchProcess):
            self.victim.kill()
        self.victim.wait()
        for sock in (self.listener, self.abstract, self.datagrams):
            sock.close()
        shutil.rmtree(self.folder)
