"""The process that runs modules under test: a fork of a contract's host, one for each batch."""

import gc
import os
import random
import struct
import time
import warnings
from dataclasses import dataclass
from mmap import mmap
from typing import Any, NoReturn

import numpy
import pytest

from bugforge.model import Outcome
from bugforge.runner.border import Border
from bugforge.runner.limits import Limits, confine, die_with_parent, start_clock, stop_clock
from bugforge.runner.ranking import Ranking
from bugforge.runner.remote.border import Remote
from bugforge.runner.task import LOADING
from bugforge.runner.wire import Channel

PROGRESS = struct.Struct("=qqq")  # module, seed, test: where the child is, for the host to read when it dies
FINISHED = 77  # no program exits with this by accident
LONGEST = 2000  # characters of a message


@dataclass(frozen=True)
class Run:
    """What a child inherits: where to report, the border of the module (None: a plain import), and the tests."""

    channel: Channel
    border: Border | None
    items: list[pytest.Item]
    progress: mmap
    limits: Limits


def main(run: Run, request: dict[str, Any], first: int) -> NoReturn:
    """Run the request's modules from the `first` on, each on every seed, and exit."""
    die_with_parent()
    gc.disable()
    ranking = Ranking(request["costs"] or [0.0] * len(run.items))
    confine(run.limits, len(run.items) * len(request["seeds"]) * (len(request["modules"]) - first))
    for k in range(first, len(request["modules"])):
        for s, seed in enumerate(request["seeds"]):
            os.environ["BUGFORGE_SEED"] = str(seed)
            _fix_entropy()
            where = {"k": k, "s": seed}
            if _loaded(run, request["modules"][k], k, s, where) and _tests_pass(
                run, ranking if request["stop"] else None, k, s, where
            ):
                continue
            if request["stop"] or isinstance(run.border, Remote):
                break
    os._exit(FINISHED)


def _fix_entropy() -> None:
    """Make what is drawn without a seed the same every time: a program that forgets its seed is judged alike."""
    numpy.random.bit_generator.randbits = random.Random(0).getrandbits  # type: ignore[attr-defined]
    numpy.random.seed(0)
    random.seed(0)


def _mark(run: Run, k: int, s: int, test: int) -> None:
    PROGRESS.pack_into(run.progress, 0, k, s, test)


def _loaded(run: Run, source: str, k: int, s: int, where: dict[str, int]) -> bool:
    """Put the module behind the stubs, reporting what it raises."""
    if run.border is None:
        return True
    _mark(run, k, s, LOADING)
    start_clock(run.limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            run.border.load(source)
    except Exception as error:
        run.channel.send({**where, "i": LOADING, **_told(error)})
        return False
    except BaseException as error:
        crash = Outcome.CRASHED, type(error).__name__, _text(error)
        run.channel.send({**where, "i": LOADING, **dict(zip("oem", run.border.ended or crash, strict=True))})
        return False
    return True


def _tests_pass(run: Run, ranking: Ranking | None, k: int, s: int, where: dict[str, int]) -> bool:
    """Run and report every test; with a ranking, report only the first that does not pass, or that there is none."""
    passed = True
    order = ranking.order() if ranking else range(len(run.items))
    for i, following in zip(order, [*order[1:], order[0]], strict=True):
        _mark(run, k, s, i)
        start_clock(run.limits)
        record = _run_test(run.border, run.items[i], run.items[following] if following != i else None)
        stop_clock()
        passed = passed and record["o"] is Outcome.PASSED
        if ranking is None:
            run.channel.send({**where, "i": i, **record})
            if record["o"] is Outcome.TIMED_OUT:
                return False  # each of the others may take as long
            continue
        ranking.learn(i, record["t"], killed=not passed)
        if not passed:
            run.channel.send({**where, "i": i, **record})
            run.items[i].session._setupstate.teardown_exact(run.items[order[0]])
            return False
    if ranking:
        run.channel.send({**where, "i": len(run.items), "o": Outcome.PASSED})
    return passed


def _run_test(border: Border | None, item: pytest.Item, following: pytest.Item | None) -> dict[str, Any]:
    """One test through pytest's own setup, call and teardown."""
    began = time.thread_time()  # an armed ITIMER_PROF makes process_time step by 4 ms
    told: dict[str, Any] = {"o": Outcome.PASSED}
    item.funcargs = {}  # type: ignore[attr-defined]
    item._initrequest()  # type: ignore[attr-defined]
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter("default")  # "always" costs as much as the test where a loop overflows
        try:
            if border:
                border.begin()
            item.ihook.pytest_runtest_setup(item=item)
            item.ihook.pytest_runtest_call(item=item)
        except BaseException as error:
            told = _told(error)
        try:
            item.ihook.pytest_runtest_teardown(item=item, nextitem=following)
        except BaseException as error:
            told = _told(error) if told["o"] is Outcome.PASSED else told
    if border:
        border.end()
        if border.ended:
            told = dict(zip("oem", border.ended, strict=True))
        elif border.refusals and told["o"] is not Outcome.CRASHED:
            told = {"o": Outcome.ERRORED, "e": "Refused", "m": f"the contract asked for {border.refusals[0]}"}
        if border.nan:
            told["n"] = True
    if any(issubclass(warning.category, RuntimeWarning) for warning in log):
        told["w"] = True
    return {**told, "t": time.thread_time() - began}


def _told(error: BaseException) -> dict[str, Any]:
    """Outcome, class and text of what a test raised."""
    if isinstance(error, (AssertionError, pytest.fail.Exception)):
        outcome = Outcome.FAILED
    elif isinstance(error, pytest.skip.Exception):  # a test that was skipped proves nothing
        outcome = Outcome.NOT_RUN
    elif isinstance(error, Exception):
        outcome = Outcome.ERRORED
    else:
        outcome = Outcome.CRASHED
    return {"o": outcome, "e": type(error).__name__, "m": _text(error)}


def _text(error: BaseException) -> str:
    try:
        return str(error)[:LONGEST]
    except Exception:
        return f"a {type(error).__name__} whose text cannot be had"
