"""The `unchanged` fixture where the module under test is behind a proxy: the same meaning as in conftest.py."""

import contextlib
import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bugforge.runner.proxy.conftest import same
from bugforge.runner.proxy.stubs import ModuleProxy


class ProxyFixtures:
    """A pytest plugin, registered after conftest.py: its `unchanged` compares the copies that the module was given."""

    def __init__(self, proxy: ModuleProxy) -> None:
        self.proxy = proxy

    @pytest.fixture
    def unchanged(self) -> Callable[..., contextlib.AbstractContextManager[None]]:
        """Context manager: what the module was given of these values is the same after the block as before."""

        @contextlib.contextmanager
        def guard(*values: Any) -> Iterator[None]:
            before = copy.deepcopy(values)
            self.proxy.guards += 1
            try:
                yield
            finally:
                self.proxy.guards -= 1
            for old, value in zip(before, values, strict=True):
                copies = self.proxy.copies_of(value)
                assert all(same(old, now) for now in copies), "the call changed its caller's data"

        return guard
