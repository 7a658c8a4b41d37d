"""What a module does while it is called, as a person would print it: shapes, types and ranges of local names.

It runs in the worker, in frames of the module alone. Values are told by their exact types, bounded in number and
length; of an object of any other type only the type is named.
"""

import json
import math
import sys
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any

import numpy as np

MOST_NAMES = 24  # of a frame, and of an object in it
MOST_EVENTS = 20_000  # lines after which nothing more is looked for
LARGEST = 20_000  # entries of an array that are looked at after every line
FEW = 8  # entries that are told one by one
LONGEST = 60  # characters of a text
BLOCKS = "▁▂▃▄▅▆▇█"
WIDTH = 24  # blocks of a curve
SIMPLE = (type(None), bool, int, float, str)
Told = list[tuple[str, str]]  # names and what is said of their values


class Tracer:
    """Looks on while the functions of a module run. `told` is what was seen in the last call from outside."""

    def __init__(self, module: str) -> None:
        self.module, self.file = module, f"{module}.py"
        self.depth = self.events = 0
        self.told: dict[str, Any] = {}
        self.first_bad: tuple[str, int, str] | None = None  # function, line and name of the first NaN or inf

    def run(self, work: Callable[[], Any]) -> Any:
        """What the work returns; it is watched."""
        self.depth = self.events = 0
        self.told, self.first_bad = {}, None
        sys.settrace(self._on_call)
        try:
            return work()
        finally:
            sys.settrace(None)

    def as_json(self) -> str:
        return json.dumps({**self.told, "first_bad": self.first_bad} if self.told else {})

    def _on_call(self, frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename != self.file:
            return None
        self.depth += 1
        arguments = told_of(frame.f_locals, self.module)
        last = frame.f_lineno

        def on_line(frame: FrameType, event: str, value: Any) -> Any:
            nonlocal last
            if event == "line":
                self._look_for_bad(frame, last)
                last = frame.f_lineno
            elif event == "exception" and "raised" not in self.told:
                self._tell(frame, arguments, frame.f_lineno, raised=True)
            elif event == "return":
                self._look_for_bad(frame, last)
                self.depth -= 1
                if self.depth == 0 and "raised" not in self.told:
                    self._tell(frame, arguments, frame.f_lineno)
                    self.told["returned"] = described(value)
            return on_line

        return on_line

    def _tell(self, frame: FrameType, arguments: Told, line: int, *, raised: bool = False) -> None:
        self.told = {
            "function": frame.f_code.co_qualname if sys.version_info >= (3, 11) else frame.f_code.co_name,
            "line": line,
            "arguments": arguments,
            "locals": told_of(frame.f_locals, self.module),
            **({"raised": True} if raised else {}),
        }

    def _look_for_bad(self, frame: FrameType, line: int) -> None:
        self.events += 1
        if self.first_bad is None and self.events <= MOST_EVENTS:
            for name, value in frame.f_locals.items():
                if is_bad(value):
                    self.first_bad = frame.f_code.co_name, line, name[:LONGEST]
                    return


def is_bad(value: object) -> bool:
    """Whether a number or an array has a NaN or an infinity in it."""
    if type(value) in (float, np.float64):
        return not math.isfinite(value)  # type: ignore[arg-type]
    if type(value) is np.ndarray and value.dtype.kind == "f" and value.size <= LARGEST:
        return not bool(np.isfinite(value).all())
    return False


def told_of(names: Mapping[str, object], module: str) -> Told:
    """Each name and its value; of an object of the module's own classes its attributes."""
    told: Told = []
    for name, value in list(names.items())[:MOST_NAMES]:
        if type(type(value)) is type and type(value).__module__ == module:
            attributes = object.__getattribute__(value, "__dict__") if hasattr(type(value), "__dict__") else {}
            for attribute, inner in list(attributes.items())[:MOST_NAMES]:
                if type(attribute) is str:
                    told.append((f"{name}.{attribute}"[:LONGEST], described(inner)))
        elif type(name) is str:
            told.append((name[:LONGEST], described(value)))
    return told


def described(value: Any) -> str:
    """A value in a few words, by its exact type."""
    kind = type(value)
    if kind in SIMPLE:
        return _simple(value)
    if kind is np.ndarray:
        return _array(value)
    if kind in (list, tuple):
        return _sequence(value)
    if kind in (dict, set):
        return f"{kind.__name__} of {len(value)}"
    if issubclass(kind, np.generic):
        inner = value.item() if kind.__module__ == "numpy" else None
        return _simple(inner) if type(inner) in SIMPLE else _name(kind)
    if kind.__module__.partition(".")[0] == "pandas" and kind.__name__ in ("DataFrame", "Series"):
        return _table(value)
    return _name(kind)


def _name(kind: type) -> str:
    return f"a {type.__getattribute__(kind, '__name__')}"[:LONGEST]


def _simple(value: Any) -> str:
    if type(value) is float:
        return f"{value:.4g}"
    if type(value) is int:
        return str(value) if abs(value) < 10**15 else "a huge int"
    return repr(value[:LONGEST]) if type(value) is str else repr(value)


def _array(value: Any) -> str:
    about = f"{value.dtype} {value.shape}"
    if value.dtype.kind not in "biuf" or not value.size:
        return about
    if value.size <= FEW:
        return f"{about}: {np.array2string(value, precision=4, separator=', ', max_line_width=10**6)}"
    flat = value.astype(float).ravel()
    finite = flat[np.isfinite(flat)]
    bad = f", {len(flat) - len(finite)} of {len(flat)} are NaN or infinite" if len(finite) < len(flat) else ""
    if not len(finite):
        return f"{about}{bad}"
    return f"{about}, {finite.min():.4g} to {finite.max():.4g}, mean {finite.mean():.4g}{bad}"


def _sequence(value: Any) -> str:
    kinds = {type(item) for item in value[:1000]}
    if kinds <= {int, float, np.float64} and len(value) > FEW:
        numbers = np.array(value, dtype=float)
        ends = f"{numbers[0]:.4g} ... {numbers[-1]:.4g}"
        curve = _curve(numbers) if np.isfinite(numbers).all() else "with NaN or infinity"
        return f"{type(value).__name__} of {len(value)}: {ends} {curve}".rstrip()
    if len(value) <= FEW and kinds <= set(SIMPLE):
        return f"{type(value).__name__}: {', '.join(map(_simple, value))}"
    names = ", ".join(sorted(_name(kind) for kind in list(kinds)[:3]))
    return f"{type(value).__name__} of {len(value)}{f', each {names}' if kinds else ''}"


def _table(value: Any) -> str:
    missing = int(np.sum(value.isna().to_numpy()))
    columns = [str(name)[:LONGEST] for name in list(value.columns)[:FEW]] if type(value).__name__ == "DataFrame" else []
    about = f"{type(value).__name__} {value.shape}, {missing} missing"
    return f"{about}; {', '.join(columns)}" if columns else about


def _curve(values: Any) -> str:
    """Numbers in their order as blocks of different heights."""
    if len(values) < FEW:
        return ""
    parts = [part.mean() for part in np.array_split(values, min(WIDTH, len(values)))]
    low, high = min(parts), max(parts)
    if not high > low:
        return ""
    return "".join(BLOCKS[int((part - low) / (high - low) * (len(BLOCKS) - 1))] for part in parts)
