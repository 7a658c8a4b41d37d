"""A process of its own: no terminal, no working folder, and it does not outlive the one that started it."""

import os

from bugforge.runner.limits import die_with_parent
from bugforge.runner.sandbox.layer import Layer


def enter() -> None:
    os.setsid()
    os.chdir("/")
    die_with_parent()


LAYER = Layer(
    name="session",
    keeps_out="the terminal, the working folder, and a life after the test",
    without="use a POSIX system",
    prepare=lambda bounds: enter,
    holds=lambda: os.getsid(0) == os.getpid(),
)
