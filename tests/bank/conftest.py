"""What tests of a bank share."""

import pytest

from bugforge.bank import Bank


@pytest.fixture
def bank(tmp_path):
    with Bank.create(tmp_path / "bank.db") as made:
        yield made
