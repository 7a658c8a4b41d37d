"""The command line: the only room that prints or exits. A command's module is imported when it is called."""

import difflib
import errno
import os
import signal
from collections.abc import Mapping
from importlib import import_module
from typing import ClassVar

import click

from bugforge.errors import BugforgeError, RunnerError

COMMANDS = {
    "generate": ("generate", "Make exercises: broken programs with failing tests."),
    "check": ("check", "Judge fixes: all in ./generated, or the given folders and files."),
    "start": ("practice.starting", "Practise: begin a plan, or go on with it."),
    "next": ("practice.starting", "Practise: write the next drill."),
    "watch": ("practice.watching", "Practise: run a drill's tests at every save, with a clock and help."),
    "look": ("practice.looks", "Practise: look at the values, shapes and ranges in a failing test."),
    "mock": ("practice.mocking", "Practise: take a timed interview, and see its score sheet."),
    "progress": ("practice.progressing", "Practise: what is known, what is due, and what to do today."),
    "hint": ("drill", "Give the next hint for an exercise, and say what it costs."),
    "reset": ("drill", "Put the broken program of an exercise back."),
    "solve": ("drill", "Show the bug and the fix of an exercise, after a question."),
    "list": ("catalogue", "List the problems, or the bug classes, of a pack."),
    "explain": ("catalogue", "Explain one bug class or one problem in full."),
    "bank": ("bank", "Keep exercises, draw sets for candidates, and know who had what."),
    "doctor": ("doctor", "Try the sandbox: what keeps a graded program in on this machine."),
    "cache": ("cache", "Say what was proven and is kept, or forget it."),
    "audit": ("audit", "Prove a pack: references pass, every mutator kills."),
}
INTERRUPTED = 130


class Failure(click.ClickException):
    """A sentence for the user, and an exit code."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        vars(self)["exit_code"] = exit_code


class LazyGroup(click.Group):
    """Knows its commands by name and loads one when it is asked for."""

    known: ClassVar[Mapping[str, tuple[str, str]]]  # name: module, and what --help says of the command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.known)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.known:
            return None
        module = import_module(f"bugforge.cli.{self.known[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        near = difflib.get_close_matches(args[0], self.known, n=1)
        if args[0] not in self.known and near:
            raise Failure(f"there is no command {args[0]!r}; did you mean {near[0]}?", 2)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in self.known.items()])


class Bugforge(LazyGroup):
    """All commands, and what becomes of their errors."""

    known = COMMANDS

    def invoke(self, ctx: click.Context) -> object:
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            if signal.getsignal(number) is signal.SIG_DFL:  # who started it with nohup means it to go on
                signal.signal(number, signal.default_int_handler)
        try:
            return super().invoke(ctx)
        except BugforgeError as error:
            raise Failure(str(error), 3 if isinstance(error, RunnerError) else 2) from None
        except KeyboardInterrupt:
            raise Failure("interrupted; what was finished is kept, nothing else is left", INTERRUPTED) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # nobody reads any more, and click ends quietly
            if error.filename is None:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left to print has nowhere to go
            where = error.filename or "the system"
            raise Failure(f"{where} says: {error.strerror}; mend that and run the command again", 2) from None


@click.group(cls=Bugforge, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bugforge")
def main() -> None:
    """Debug-and-fix exercises for machine-learning interviews."""
