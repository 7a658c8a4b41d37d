"""Drills in a notebook: `drill("kmeans")` shows one, a cell under `%%submit` is judged, hints and looks are functions.

Whatever runs programs is started as a process of its own, never forked from the kernel.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bugforge.errors import PracticeError, UsageError
from bugforge.forge.addresses import Wanted
from bugforge.model import Difficulty
from bugforge.pack import names
from bugforge.practice.drill import Drill
from bugforge.practice.events import Why
from bugforge.practice.practice import ME, Practice
from bugforge.runner.sandbox import MINIMUM

OUT = Path("practice")
MAGIC = "submit"


class Shown:
    """Markdown, as a notebook shows it."""

    def __init__(self, markdown: str) -> None:
        self.markdown = markdown

    def _repr_markdown_(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        return self.markdown


class _Current:
    """The drill that is worked on in this kernel."""

    profile, name = ME, ""


def drill(problem: str | None = None, *, difficulty: str | None = None, profile: str = ME, out: Path = OUT) -> Shown:
    """Give a drill: of a problem by its name, or the next one of the plan.

    Raises UsageError for an unknown problem, PracticeError where there is no more of it.
    """
    with Practice(profile) as practice:
        opened = _of_problem(practice, problem, difficulty, out) if problem else practice.next(out)
        sheet = practice.sheet(opened)
    _Current.profile, _Current.name = profile, opened.name
    _register()
    about = sheet.about
    return Shown(
        f"# {about.title}\n\n{about.story}\n\n{about.statement}\n\nThis program has a bug ({sheet.difficulty}, "
        f"{sheet.minutes} min). Copy it into a cell that begins with `%%{MAGIC}`, mend it and run the cell.\n\n"
        f"```python\n{sheet.broken}```\n"
    )


def submit(program: str) -> Shown:
    """Have a program judged: the verdict, and what was wrong once it is fixed."""
    with Practice(_Current.profile) as practice:
        opened = _current(practice)
        (Path(opened.opened.folder) / f"{opened.opened.problem}.py").write_text(program, encoding="utf-8")
    verdict = _asked("check", opened.opened.folder)
    if "error" in verdict:
        raise PracticeError(verdict["error"])
    verdict = verdict["bugforge"]
    lines = [f"**{verdict['grade']}**: {verdict['reason']}"]
    lines += [f"- {note}" for note in verdict["notes"]]
    if missing := sorted(MINIMUM - set(verdict["layers"])):
        lines.append(f"(This program ran without {', '.join(missing)}; `bugforge doctor` says what that means.)")
    if verdict["grade"] == "fixed":
        with Practice(_Current.profile) as practice:
            for bug in practice.sheet(opened).bugs:
                lines += ["", f"It was **{bug.bug_class.title}**", "", " ".join(bug.bug_class.why.split())]
    return Shown("\n".join(lines))


def hint() -> Shown:
    """The next hint, which costs as everywhere."""
    with Practice(_Current.profile) as practice:
        given = practice.hint(_current(practice))
        return Shown(given or "There are no more hints.")


def look() -> Shown:
    """A look at the first failing test of what was submitted last."""
    with Practice(_Current.profile) as practice:
        opened = _current(practice)
    seen = _asked("look", opened.opened.folder, "--profile", _Current.profile)
    return Shown("```\n" + "\n".join(seen.get("lines", [seen.get("error", "")])) + "\n```")


def _of_problem(practice: Practice, problem: str, difficulty: str | None, out: Path) -> Drill:
    if difficulty not in (None, *Difficulty):
        raise UsageError(f"there is no difficulty {difficulty!r}; there are: {', '.join(Difficulty)}")
    wanted = Wanted(
        problems=names.problems([problem], practice.pack), difficulty=Difficulty(difficulty) if difficulty else None
    )
    return practice.give(wanted, Why.ASKED, out)


def _current(practice: Practice) -> Drill:
    if not _Current.name:
        raise PracticeError('no drill was given in this notebook; `drill("kmeans")` gives one')
    return practice.drill(_Current.name)


def _asked(command: str, *arguments: str) -> dict[str, Any]:
    """What a command says, as JSON; what it says of an error under `error`."""
    asked = [sys.executable, "-m", "bugforge", command, *arguments, "--json"]
    done = subprocess.run(asked, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"error": done.stderr.strip() or f"bugforge {command} ended with {done.returncode}"}
    return found


def _register() -> None:
    """Make `%%submit` known, where there is a notebook."""
    if "IPython" not in sys.modules:
        return
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is not None:
        shell.register_magic_function(lambda line, cell: submit(cell), "cell", MAGIC)
