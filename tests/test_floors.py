"""A room imports only from floors below its own."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {
    "errors": 0, "symptoms": 0, "share": 0, "prices": 0, "interviews": 0,
    "model": 1,
    "mutation": 2, "runner": 2,
    "pack": 3, "store": 3, "cluster": 3,
    "gate": 4,
    "forge": 5, "sheet": 5, "label": 6,
    "grading": 7, "formats": 7, "audit": 7,
    "bank": 8, "practice": 8, "api": 8,
    "cli": 9, "__main__": 10,
}  # fmt: skip
ROOMS_OF_RUNNER = {
    "ending": 0, "limits": 0, "pytest_flags": 0,
    "proxy": 1,
    "spawn": 2, "task": 2, "rpc": 2, "sandbox": 2,
    "sandboxed": 3,
    "contract": 4,
    "pool": 5,
    "scheduler": 6,
}  # fmt: skip
ENGINE = sorted(p for p in (ROOT / "bugforge").rglob("*.py") if p != ROOT / "bugforge" / "__init__.py")
RUNNER = [p for p in ENGINE if p.is_relative_to(ROOT / "bugforge" / "runner")]


def room(path: Path) -> str:
    return path.relative_to(ROOT / "bugforge").parts[0].removesuffix(".py")


def imported(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names += [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


@pytest.mark.parametrize("path", ENGINE, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_arrows_point_down(path):
    if room(path) == "reference_impls" or room(path) == "mutators":
        return
    own = FLOORS[room(path)]
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "bugforge" and len(parts) > 1 and parts[1] in FLOORS and parts[1] != room(path):
            assert FLOORS[parts[1]] < own, f"{path} imports {name} from its own floor or above"


@pytest.mark.parametrize("path", RUNNER, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_arrows_point_down_in_the_runner(path):
    own = path.relative_to(ROOT / "bugforge" / "runner").parts[0].removesuffix(".py")
    for name in imported(path):
        parts = name.split(".")
        if parts[:2] == ["bugforge", "runner"] and len(parts) > 2 and parts[2] != own:
            assert ROOMS_OF_RUNNER[parts[2]] < ROOMS_OF_RUNNER[own], f"{path} imports {name} from its floor or above"


@pytest.mark.parametrize("path", ENGINE, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_rooms_stay_small(path):
    tree = ast.parse(path.read_text())
    assert path.read_text().count("\n") <= 250, "the file is too long"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 45, f"{node.name} is too long"


@pytest.mark.parametrize("folder", ["reference_impls", "mutators"])
def test_packs_stand_apart(folder):
    welcome = {"bugforge", "libcst", *sys.stdlib_module_names} if folder == "mutators" else None
    for path in (ROOT / folder).rglob("*.py"):
        tops = {name.split(".")[0] for name in imported(path)}
        if welcome is None:
            assert "bugforge" not in tops, path
        else:
            assert tops <= welcome, f"{path} imports {tops - welcome}"


def test_only_the_command_line_prints():
    for path in ENGINE:
        if room(path) != "cli":
            calls = [
                n.func.id
                for n in ast.walk(ast.parse(path.read_text()))
                if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
            ]
            assert "print" not in calls, path
