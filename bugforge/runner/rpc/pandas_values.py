"""Values of pandas as parts of a record: frames, series, indexes of every kind, timestamps; and the same from parts.

Imported only where there is such a value, for a process that has pandas takes five times as long to fork.
"""

from collections.abc import Callable
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from bugforge.runner.proxy.tables import INDEXES

Parts = tuple[Any, ...]
WRAPPED = type(pd.Series([0]).array.dtype)  # pandas wraps the types of numpy
MASKED = {
    "i": pd.arrays.IntegerArray,
    "u": pd.arrays.IntegerArray,
    "f": pd.arrays.FloatingArray,
    "b": pd.arrays.BooleanArray,
}


def to_parts(value: Any) -> tuple[str, Parts] | None:
    """The kind and the parts of a value of pandas; None where it is not passed. Raises LookupError for a part."""
    kind = type(value)
    if kind in INDEXES:
        return "Index", _encode_index(value)
    return (kind.__name__, TO_PARTS[kind](value)) if kind in TO_PARTS else None


# columns


def _encode_column(values: Any) -> Parts:
    """An array of pandas or numpy as plain parts."""
    dtype = values.dtype
    if isinstance(dtype, (np.dtype, WRAPPED)):
        return "numpy", np.asarray(values)
    if isinstance(dtype, pd.CategoricalDtype):
        return "category", np.asarray(values.codes), values.categories, bool(values.ordered)
    if isinstance(dtype, pd.StringDtype):
        return "string", dtype.storage, dtype.na_value is pd.NA, values.astype(object)
    if isinstance(dtype, pd.DatetimeTZDtype):
        return "zoned", values.tz_convert("UTC").tz_localize(None).to_numpy(), _encode_zone(dtype.tz)
    if type(values) in MASKED.values():
        return "masked", values._data, values._mask
    raise LookupError(f"columns of {dtype} are not passed")


def _decode_column(kind: str, *parts: Any) -> Any:
    values = _built(kind, *parts)
    if values.ndim != 1:  # pandas would make a single value as long as the index
        raise ValueError("a column has one axis")
    return values


def _built(kind: str, *parts: Any) -> Any:
    if kind == "numpy":
        (values,) = parts
        return _checked(values, np.ndarray)
    if kind == "category":
        codes, categories, ordered = parts
        return pd.Categorical.from_codes(codes, _checked(categories, pd.Index), ordered=bool(ordered))
    if kind == "string":
        storage, is_na, values = parts
        dtype = pd.StringDtype(storage, na_value=pd.NA if is_na else np.nan)
        return pd.array(_checked(values, np.ndarray), dtype=dtype)
    if kind == "zoned":
        values, zone = parts
        return pd.DatetimeIndex(_checked(values, np.ndarray), tz="UTC").tz_convert(_decode_zone(zone)).array
    if kind == "masked":
        values, mask = parts
        return MASKED[_checked(values, np.ndarray).dtype.kind](values, _checked(mask, np.ndarray))
    raise ValueError(f"there is no column {kind!r}")


def _checked(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"a {kind.__name__} was due")
    return value


def _encode_zone(zone: Any) -> str:
    if zone is UTC:
        return "UTC"
    if isinstance(zone, ZoneInfo) and zone.key:
        return zone.key
    raise LookupError("this time zone has no name")


def _decode_zone(name: str | None) -> Any:
    return None if name is None else UTC if name == "UTC" else ZoneInfo(name)


# tables


def _encode_index(index: Any) -> Parts:
    if type(index) is pd.RangeIndex:
        return "range", index.name, index.start, index.stop, index.step
    if type(index) is pd.MultiIndex:
        levels = tuple(_encode_column(index.get_level_values(i).array) for i in range(index.nlevels))
        return "multi", tuple(index.names), levels
    return "plain", index.name, _encode_column(index.array), getattr(index, "freqstr", None)


def _decode_index(kind: str, name: Any, *parts: Any) -> Any:
    if kind == "range":
        start, stop, step = parts
        return pd.RangeIndex(start, stop, step, name=name)
    if kind == "multi":
        return pd.MultiIndex.from_arrays([_decode_column(*level) for level in parts[0]], names=list(name))
    column, frequency = parts
    values = _decode_column(*column)
    index = pd.Index(values, dtype=values.dtype, name=name)
    if frequency is not None:
        index = type(index)(index, freq=frequency, name=name)
    return index


def _encode_series(series: Any) -> Parts:
    return series.name, series.index, _encode_column(series.array)


def _decode_series(name: Any, index: Any, column: Any) -> Any:
    values = _decode_column(*column)
    return pd.Series(values, index=_checked(index, pd.Index), dtype=values.dtype, name=name)


def _encode_frame(frame: Any) -> Parts:
    return frame.index, frame.columns, tuple(_encode_column(frame.iloc[:, i].array) for i in range(frame.shape[1]))


def _decode_frame(index: Any, columns: Any, parts: Any) -> Any:
    series = {i: _decode_series(None, index, column) for i, column in enumerate(parts)}
    frame = pd.DataFrame(series, index=_checked(index, pd.Index))
    frame.columns = _checked(columns, pd.Index)
    return frame


# timestamps


def _encode_timestamp(timestamp: Any) -> Parts:
    if timestamp.tz is None:
        return timestamp.to_numpy(), None
    return timestamp.tz_convert("UTC").tz_localize(None).to_numpy(), _encode_zone(timestamp.tz)


def _decode_timestamp(value: Any, zone: str | None) -> Any:
    timestamp = pd.Timestamp(_checked(value, np.datetime64))
    return timestamp if zone is None else timestamp.tz_localize("UTC").tz_convert(_decode_zone(zone))


TO_PARTS: dict[type, Callable[[Any], Parts]] = {
    pd.DataFrame: _encode_frame,
    pd.Series: _encode_series,
    pd.Timestamp: _encode_timestamp,
    pd.Timedelta: lambda value: (value.to_numpy(),),
    type(pd.NaT): lambda value: (),
    type(pd.NA): lambda value: (),
}
FROM_PARTS: dict[str, Callable[..., Any]] = {
    "DataFrame": _decode_frame,
    "Series": _decode_series,
    "Index": _decode_index,
    "Timestamp": _decode_timestamp,
    "Timedelta": lambda value: pd.Timedelta(_checked(value, np.timedelta64)),
    "NaTType": lambda: pd.NaT,
    "NAType": lambda: pd.NA,
}
