"""`unchanged` where the module under test is a service: the same meaning as in conftest.py, asked of the other side."""

import contextlib
import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bugforge.runner.border import Border
from bugforge.runner.conftest import same


class ServiceFixtures:
    """A pytest plugin, registered after conftest.py: its `unchanged` asks for the copies that the module was given."""

    def __init__(self, border: Border) -> None:
        self.border = border

    @pytest.fixture
    def unchanged(self) -> Callable[..., contextlib.AbstractContextManager[None]]:
        """Context manager: what the module was given of these values is the same after the block as before."""

        @contextlib.contextmanager
        def guard(*values: Any) -> Iterator[None]:
            before = copy.deepcopy(values)
            self.border.guards += 1
            try:
                yield
            finally:
                self.border.guards -= 1
            for old, value in zip(before, values, strict=True):
                assert all(same(old, given) for given in self.border.given(value)), "the call changed its caller's data"

        return guard
