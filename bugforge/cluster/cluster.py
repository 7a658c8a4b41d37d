"""A runner whose processes are the workers of a Dask cluster: tasks go out and reports come back as JSON."""

import queue
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import msgspec

from bugforge.cluster.work import differences, read_reports, versions, work
from bugforge.errors import BugforgeError, ClusterError
from bugforge.runner.task import Report, Task

PATIENCE = 60  # seconds to wait for the scheduler, and for workers while there are none
AHEAD = 2  # tasks that a worker's thread has: one that runs, and one that waits for it


class Cluster:
    """The cluster at an address. Use as a context manager; leaving it leaves the cluster as it is.

    Raises ClusterError where it cannot be reached, or a worker has other versions than this process.
    """

    def __init__(self, address: str, *, ca: str | None = None, cert: str | None = None, key: str | None = None) -> None:
        """`ca`, `cert` and `key` are files for TLS."""
        try:
            from distributed import Client, Security
        except ImportError:
            raise ClusterError("a cluster needs Dask: pip install 'bugforge[dask]'") from None
        try:
            tls = {"tls_ca_file": ca, "tls_client_cert": cert, "tls_client_key": key, "require_encryption": True}
            security = Security(**tls) if ca or cert or key else None
            self._client: Any = Client(address, security=security, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError, RuntimeError) as error:  # also what TLS says of files and names
            raise ClusterError(f"there is no cluster at {address} ({error}); start one with `dask scheduler`") from None
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
            self._check_versions()
        except TimeoutError:
            self.close()
            raise ClusterError(f"{address} has no workers; start some with `dask worker {address}`") from None
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def run(
        self, tasks: Iterable[Task | None], meanwhile: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[int, list[Report]]]:
        """As Runner.run: the number of each task and one report a module, as the tasks end."""
        waiting, numbers = iter(tasks), count()
        ended = queue.SimpleQueue[Any]()  # of Dask's futures
        running = dict[Any, tuple[int, Task]]()
        try:
            while True:
                while len(running) < AHEAD * self._threads() and (task := next(waiting, None)):
                    future = self._client.submit(work, msgspec.json.encode(task), versions(), pure=False)
                    future.add_done_callback(ended.put)
                    running[future] = next(numbers), task
                if not running:
                    return
                while ended.empty() and meanwhile():
                    pass
                future = self._first(ended)
                number, task = running.pop(future)
                yield number, read_reports(_result(future), task)
        finally:
            self._client.cancel([*running])

    def _threads(self) -> int:
        """Of all workers that are there now; of one where there is none, for they may come back."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def _first(self, ended: queue.SimpleQueue[Any]) -> Any:
        """The next task that has ended. Raises ClusterError where there is no worker for too long."""
        alone_since: float | None = None
        while True:
            with suppress(queue.Empty):
                return ended.get(timeout=1)
            if self._client.nthreads():
                alone_since = None
            elif time.monotonic() - (alone_since := alone_since or time.monotonic()) > PATIENCE:
                raise ClusterError(f"the cluster has had no workers for {PATIENCE} s; start some and run this again")

    def _check_versions(self) -> None:
        for worker, theirs in self._client.run(versions, on_error="return").items():
            if not isinstance(theirs, dict):
                raise ClusterError(f"worker {worker} cannot import bugforge; install it there, in the same version")
            if other := differences(versions(), theirs):
                raise ClusterError(f"worker {worker} has {other}; install the same there")


def _result(future: Any) -> object:
    try:
        return future.result()
    except BugforgeError:
        raise
    except Exception as error:
        raise ClusterError(f"a task failed on its worker ({type(error).__name__}: {error})") from error
