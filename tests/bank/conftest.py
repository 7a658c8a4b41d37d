"""What tests of a bank share: sheets of a tiny pack's exercise, and variations of it."""

from dataclasses import replace

import pytest

from bugforge import generate, load_pack
from bugforge.bank import Bank
from tests.conftest import write_tiny


@pytest.fixture(scope="session")
def sheet(tmp_path_factory):
    """The one exercise of the tiny pack."""
    (found,) = generate(1, seed=1, pack=load_pack(write_tiny(tmp_path_factory.mktemp("pack") / "tiny")), loud=True)
    return found


@pytest.fixture(scope="session")
def vary(sheet):
    """Another exercise by number: the tiny one with other words about it."""

    def varied(number, topic="basics", minutes=5, bug_class="missing-division", **other):
        program = f"{sheet.broken}\n\nNUMBER = {number}\n"
        bug = replace(sheet.bugs[0], bug_class=replace(sheet.bugs[0].bug_class, id=bug_class))
        return replace(
            sheet,
            id=f"{number:012x}",
            about=replace(sheet.about, topic=topic),
            files={**sheet.files, sheet.program: program},
            original=f"{sheet.original}\n\nNUMBER = {number}\n",
            bugs=(bug,),
            minutes=minutes,
            **other,
        )

    return varied


@pytest.fixture
def bank(tmp_path):
    with Bank.create(tmp_path / "bank.db") as made:
        yield made
