"""The process that runs modules under test: a fork of a contract's host, one for each request."""

import contextlib
import gc
import io
import os
import random
import struct
import time
import traceback
import warnings
from dataclasses import dataclass, replace
from mmap import mmap
from typing import NoReturn

import numpy
import pytest

from bugforge.model import Outcome
from bugforge.runner.contract.protocol import AllPassed, Channel, Place, Result, RunModules
from bugforge.runner.contract.ranking import Ranking
from bugforge.runner.ending import Ending
from bugforge.runner.limits import confine, die_with_parent, start_clock, stop_clock
from bugforge.runner.proxy.local import LocalProxy
from bugforge.runner.proxy.stubs import ModuleProxy
from bugforge.runner.sandboxed.proxy import SandboxedProxy
from bugforge.runner.task import LOADING

PROGRESS = struct.Struct("=qqq")  # numbers of module, seed and test: where the child is, for the host when it dies
FINISHED = 77  # no program exits with this by accident
MAX_MESSAGE, MAX_PRINTED = 2000, 20_000  # characters of a message, and of what a test prints


@dataclass(frozen=True)
class Run:
    """What a child inherits: where to report, the proxy of the module (None: a plain import), the tests, the request.

    The functions below name a module, a seed and a test by their numbers in these.
    """

    channel: Channel
    module: str  # its name
    proxy: ModuleProxy | None
    items: list[pytest.Item]
    progress: mmap
    request: RunModules


def main(run: Run, first: int) -> NoReturn:
    """Run the request's modules from the `first` on, each on every seed, and exit."""
    die_with_parent()
    gc.disable()
    request = run.request
    ranking = Ranking(request.costs or [0.0] * len(run.items)) if request.stop else None
    confine(request.limits, len(run.items) * len(request.seeds) * (len(request.modules) - first))
    for module in range(first, len(request.modules)):
        for number, seed in enumerate(request.seeds):
            os.environ["BUGFORGE_SEED"] = str(seed)
            _fix_entropy(seed)
            passed = _loaded(run, module, number) and _tests_pass(run, ranking, module, number)
            if not passed and (request.stop or isinstance(run.proxy, SandboxedProxy)):
                break
    os._exit(FINISHED)


def _fix_entropy(seed: int) -> None:
    """Make what is drawn without a seed follow from this one: a program that forgets its seed is judged alike."""
    numpy.random.bit_generator.randbits = random.Random(seed).getrandbits  # type: ignore[attr-defined]
    numpy.random.seed(seed % 2**32)
    random.seed(seed)


def _loaded(run: Run, module: int, seed: int) -> bool:
    """Put the module behind the stubs, reporting what it raises."""
    if run.proxy is None:
        return True
    PROGRESS.pack_into(run.progress, 0, module, seed, LOADING)
    start_clock(run.request.limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            run.proxy.load(run.request.modules[module])
    except Exception as error:
        ending = _ending_by(error)
    except BaseException as error:
        ending = run.proxy.ended or Ending(Outcome.CRASHED, type(error).__name__, _text_of(error))
    else:
        return True
    run.channel.send(_result(run, module, seed, LOADING, ending))
    return False


def _tests_pass(run: Run, ranking: Ranking | None, module: int, seed: int) -> bool:
    """Run and report every test; with a ranking, report only the first that does not pass, or that there is none."""
    passed = True
    only = set(run.request.only) or {item.nodeid for item in run.items}
    every = ranking.order() if ranking else range(len(run.items))
    order = [test for test in every if run.items[test].nodeid in only]
    for test, following in zip(order, [*order[1:], order[0]], strict=True):
        PROGRESS.pack_into(run.progress, 0, module, seed, test)
        start_clock(run.request.limits)
        result = _run_test(run, module, seed, test, following)
        stop_clock()
        passed = passed and result.outcome is Outcome.PASSED
        if ranking is None:
            run.channel.send(result)
            if result.outcome is Outcome.TIMED_OUT:
                return False  # each of the others may take as long
            continue
        ranking.learn(test, result.cpu, killed=not passed)
        if not passed:
            run.channel.send(result)
            run.items[test].session._setupstate.teardown_exact(run.items[order[0]])
            return False
    if ranking:
        run.channel.send(AllPassed(Place(module, run.request.seeds[seed])))
    return passed


def _run_test(run: Run, module: int, seed: int, test: int, following: int) -> Result:
    """One test through pytest's own setup, call and teardown."""
    proxy, item, began = run.proxy, run.items[test], time.thread_time()  # process_time steps by 4 ms under ITIMER_PROF
    ending, line = Ending(Outcome.PASSED), 0
    item.funcargs = {}  # type: ignore[attr-defined]
    item._initrequest()  # type: ignore[attr-defined]
    printed = io.StringIO()
    with warnings.catch_warnings(record=True) as log, contextlib.redirect_stdout(printed):
        warnings.simplefilter("default")  # "always" costs as much as the test where a loop overflows
        try:
            if proxy:
                proxy.begin()
            item.ihook.pytest_runtest_setup(item=item)
            item.ihook.pytest_runtest_call(item=item)
        except BaseException as error:
            ending, line = _ending_by(error), _line_of(error, f"{run.module}.py")
        try:
            item.ihook.pytest_runtest_teardown(item=item, nextitem=run.items[following] if following != test else None)
        except BaseException as error:
            ending = _ending_by(error) if ending.outcome is Outcome.PASSED else ending
    look = ""
    if isinstance(proxy, SandboxedProxy) and proxy.traced and ending.outcome is not Outcome.PASSED:
        look = proxy.look()
    if proxy:
        proxy.end()
        if proxy.ended:
            ending = proxy.ended
        elif proxy.refusals and ending.outcome is not Outcome.CRASHED:
            ending = Ending(Outcome.ERRORED, "Refused", f"the contract asked for {proxy.refusals[0]}")
    warned = any(issubclass(warning.category, RuntimeWarning) for warning in log)
    result = _result(run, module, seed, test, ending)
    text, cpu = printed.getvalue()[:MAX_PRINTED], time.thread_time() - began
    seen = replace(result, warned=warned, nan=bool(proxy and proxy.nan), line=line, cpu=cpu, printed=text, look=look)
    return replace(seen, values=str(proxy.seen)) if isinstance(proxy, LocalProxy) else seen


def _result(run: Run, module: int, seed: int, test: int, ending: Ending) -> Result:
    place = Place(module, run.request.seeds[seed])
    return Result(place, test, ending.outcome, ending.exception, ending.reason)


def _ending_by(error: BaseException) -> Ending:
    """Outcome, class and text of what a test raised."""
    if isinstance(error, (AssertionError, pytest.fail.Exception)):
        outcome = Outcome.FAILED
    elif isinstance(error, pytest.skip.Exception):  # a test that was skipped proves nothing
        outcome = Outcome.NOT_RUN
    elif isinstance(error, Exception):
        outcome = Outcome.ERRORED
    else:
        outcome = Outcome.CRASHED
    return Ending(outcome, type(error).__name__, _text_of(error))


def _line_of(error: BaseException, file: str) -> int:
    """The innermost line of the file that an error passed; 0 where there is none."""
    frames = traceback.walk_tb(error.__traceback__)
    lines = [line for frame, line in frames if os.path.basename(frame.f_code.co_filename) == file]
    return lines[-1] if lines else 0


def _text_of(error: BaseException) -> str:
    if isinstance(error, pytest.FixtureLookupError):
        return f"there is no fixture {error.argname!r}"
    try:
        return str(error)[:MAX_MESSAGE]
    except Exception:
        return f"a {type(error).__name__} whose text cannot be had"
