"""Drills in a real kernel."""

import nbformat
import pytest
from nbclient import NotebookClient

from bugforge.errors import PracticeError
from bugforge.practice import notebook

CELLS = (
    "from bugforge.practice import drill, hint, look\nprint(drill('mse_rmse'))",
    "from bugforge.practice import Practice\np = Practice()\nsheet = p.sheet(p.drills()[-1])\nprint(look())",
    "print(hint())",
    "get_ipython().run_cell_magic('submit', '', sheet.broken)",
    "get_ipython().run_cell_magic('submit', '', sheet.original)",
    "drill('kmenas')",
)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """What each cell shows, run in a kernel."""
    written = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
    place = {"metadata": {"path": str(tmp_path_factory.mktemp("notebook"))}}
    NotebookClient(written, timeout=120, allow_errors=True, kernel_name="python3", resources=place).execute()
    return [_text(cell) for cell in written.cells]


def _text(cell):
    parts = []
    for output in cell.outputs:
        data = output.get("data", {})
        parts.append(output.get("text") or data.get("text/markdown") or "".join(output.get("traceback", ())))
    return "\n".join(parts)


def test_a_drill_is_shown_with_its_program(ran):
    assert ran[0].startswith("# ")
    assert "Copy it into a cell that begins with `%%submit`" in ran[0]
    assert "def mse" in ran[0] or "def mean_squared_error" in ran[0] or "```python" in ran[0]


def test_looks_and_hints_are_functions(ran):
    assert "The last call was of" in ran[1] or "returned" in ran[1] or "raised" in ran[1]
    assert len(ran[2].split()) >= 8


def test_a_cell_is_judged(ran):
    assert ran[3].startswith("**not fixed**")
    assert ran[4].startswith("**fixed**: every test passes")
    assert "It was **" in ran[4]


def test_a_name_that_is_unknown_is_told(ran):
    assert "did you mean kmeans?" in ran[5]


def test_without_a_drill_there_is_nothing_to_submit(monkeypatch):
    monkeypatch.setattr(notebook._Current, "name", "")
    for act in (notebook.hint, notebook.look, lambda: notebook.submit("x = 1")):
        with pytest.raises(PracticeError, match=r'no drill was given in this notebook; `drill\("kmeans"\)` gives one'):
            act()
