"""An exercise as it is handed out in an interview: nothing in it says where it comes from or how hard it is."""

import ast
from collections.abc import Collection, Mapping
from enum import StrEnum

from bugforge.formats.readme import about_page
from bugforge.formats.text import render
from bugforge.sheet import Sheet


class GivenTests(StrEnum):
    """Which tests a candidate gets."""

    ALL = "all"
    QUIET = "quiet"  # those that the broken program passes too
    NONE = "none"


def interview_folder(sheet: Sheet, tests: GivenTests, hidden: Collection[str]) -> Mapping[str, bytes]:
    """Unless all tests are handed out the page tells no symptom, and not that there is a bug.

    Of quiet tests those are left out that are `hidden`.
    """
    files = {name: text for name, text in sheet.files.items() if name not in sheet.tests}
    if tests is GivenTests.NONE:
        files = {name: text for name, text in files.items() if name not in ("conftest.py", "pytest.ini")}
    elif tests is GivenTests.QUIET:
        files |= {name: without(sheet.files[name], _named(hidden, name)) for name in sheet.tests}
    else:
        files |= {name: sheet.files[name] for name in sheet.tests}
    tells, tested = tests is GivenTests.ALL, tests is not GivenTests.NONE
    page = render("interview.md.j2", **about_page(sheet), tells=tells, tested=tested)
    return {"README.md": page.encode(), **{name: text.encode() for name, text in files.items()}}


def _named(tests: Collection[str], file: str) -> set[str]:
    """The functions of a file that these tests are runs of."""
    parts = (test.partition("::") for test in tests)
    return {name.partition("[")[0] for where, _, name in parts if where == file}


def without(text: str, functions: Collection[str]) -> str:
    """A test file without some of its functions."""
    lines = text.splitlines(keepends=True)
    for node in reversed(ast.parse(text).body):
        if isinstance(node, ast.FunctionDef) and node.name in functions:
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            before = first - 1
            while before and not lines[before - 1].strip():
                before -= 1
            del lines[before : node.end_lineno]
    return "".join(lines)
