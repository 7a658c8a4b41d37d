"""Values as bytes: what is written is read again as it was, and nothing that is read can do harm."""

import resource
import socket
import struct
from collections import Counter, OrderedDict, defaultdict, namedtuple
from contextlib import contextmanager
from datetime import timedelta, timezone

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from bugforge.runner.proxy.copies import transfer
from bugforge.runner.proxy.tables import FRAMES
from bugforge.runner.rpc import records
from bugforge.runner.rpc.connection import MAX_MESSAGE_BYTES, Answer, Connection
from bugforge.runner.rpc.decode import MAX_HASHED, Decoder, decode
from bugforge.runner.rpc.encode import COUNT, MAX_DEPTH, ProtocolError, Unsendable, encode, sized, text

laws = settings(deadline=None, derandomize=True, max_examples=150)
ANYWHERE = "foreign"


class Foreign:
    """What stands for an object of the other side."""

    def __init__(self, ref):
        self.ref = ref


class Table:
    """An object table, and a receiver of copies: it keeps foreign objects, and notes what it is told."""

    def __init__(self):
        self.kept, self.out, self.into = {}, [], []

    def reference(self, value):
        self.kept[id(value)] = value
        return ANYWHERE, id(value)

    def resolve(self, owner, ref):
        if owner != ANYWHERE or type(ref) not in (int, str):
            raise ProtocolError("there is no such object")
        return Foreign(ref)

    def sent(self, value):
        self.out.append(type(value))

    def received(self, value):
        self.into.append(type(value))

    def foreign(self, value):
        return Foreign(id(value))

    def copied(self, original, copy):
        pass


def crossed(value):
    return decode(encode(value, Table()), Table())


def alike(one, other):
    """The same type and the same value, to the last bit and all the way down."""
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is np.ndarray and one.dtype.kind == "O":
        return one.shape == other.shape and alike(list(one.ravel()), list(other.ravel()))
    if isinstance(one, (np.ndarray, np.generic)):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if kind is float:
        return struct.pack("d", one) == struct.pack("d", other)
    if kind is complex:
        return alike((one.real, one.imag), (other.real, other.imag))
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(alike, one, other))
    if kind is dict:
        return alike(list(one.items()), list(other.items()))
    if kind in (set, frozenset):
        return sorted(map(repr, one)) == sorted(map(repr, other))
    if kind in FRAMES:
        return alike_tables(one, other)
    if kind is np.random.Generator:
        return alike(one.bit_generator.state, other.bit_generator.state)
    if kind is Foreign:
        return one.ref == other.ref
    if kind is pd.Timestamp:
        return repr(one) == repr(other) and alike(one.to_numpy(), other.to_numpy())
    return repr(one) == repr(other)


def alike_tables(one, other):
    """Equal in values, types, labels, names and frequency, as pandas itself compares them."""
    if isinstance(one, pd.MultiIndex):
        pd.testing.assert_index_equal(one, other, exact=True, check_exact=True)
        return alike(tuple(one.names), tuple(other.names)) and list(one.dtypes) == list(other.dtypes)
    if isinstance(one, pd.Index):
        pd.testing.assert_index_equal(one, other, exact=True, check_exact=True)
        same = getattr(one, "freq", None) == getattr(other, "freq", None)
        return same and one.dtype == other.dtype and alike(one.name, other.name)
    if isinstance(one, pd.Series):
        pd.testing.assert_series_equal(one, other, check_exact=True, check_index_type=True)
        return one.dtype == other.dtype and alike_tables(one.index, other.index) and alike(one.name, other.name)
    pd.testing.assert_frame_equal(one, other, check_exact=True, check_column_type=True)
    columns = alike_tables(one.columns, other.columns) and list(one.dtypes) == list(other.dtypes)
    return columns and alike_tables(one.index, other.index)


# data by kinds

NUMBERS = ("?", "b", "B", "h", "H", "i", "I", "l", "L", "e", "f", "d", "g", "F", "D", "G")
TIMES = tuple(f"{kind}8[{unit}]" for kind in "Mm" for unit in ("Y", "D", "25s", "ms", "us", "ns")) + ("m8",)
TEXTS = ("U0", "U3", "S0", "S4")
DTYPES = (*NUMBERS, ">i4", ">f8", "M8[s]", *TIMES, *TEXTS)
classes = st.sampled_from([int, dict, ValueError, np.float32, pd.Series])
plain = (
    st.sampled_from([None, True, False, ..., 0, -1, 1 << 63, -1 << 63, (1 << 63) - 1, -0.0, pd.NaT, pd.NA])
    | st.integers()
    | st.integers(min_value=-(1 << 300), max_value=1 << 300)
    | st.floats()
    | st.complex_numbers()
    | st.text(st.characters(exclude_categories=()), max_size=5)
    | st.binary(max_size=5)
    | st.builds(range, st.integers(), st.integers(), st.integers(1))
    | st.sampled_from([slice(None), slice(1, None, -2), slice("a", 2.0)])
)
scalars = plain | classes
dtypes = st.sampled_from(DTYPES).map(np.dtype)
arrays = dtypes.flatmap(lambda dtype: npst.arrays(dtype, npst.array_shapes(min_dims=0, min_side=0, max_side=4)))
numpy_scalars = dtypes.flatmap(lambda dtype: npst.arrays(dtype, ())).map(lambda array: array[()])
keys = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.binary(max_size=3),
    lambda inner: st.tuples(inner) | st.tuples(inner, inner),
    max_leaves=4,
)


def containers(inner):
    return (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.sets(keys, max_size=3)
        | st.frozensets(keys, max_size=3)
        | st.dictionaries(keys | st.builds(np.int64, st.integers(0, 9)), inner, max_size=3)
        | st.lists(inner, max_size=4).map(objects)
    )


def objects(items):
    """An array of objects, of two axes where they fit."""
    made = np.empty(len(items), dtype=object)
    for i, item in enumerate(items):
        made[i] = item
    return made.reshape(2, 2) if len(items) == 4 else made


data = st.recursive(scalars | arrays | numpy_scalars, containers, max_leaves=10)


@laws
@given(data)
def test_data_comes_back_as_it_was(value):
    assert alike(crossed(value), value)


@laws
@given(st.lists(st.integers() | st.floats()) | st.lists(st.integers(-5, 5)) | st.lists(st.floats()))
def test_lists_of_numbers_come_back_as_they_were(value):
    assert alike(crossed(value), value)


@laws
@given(arrays)
def test_arrays_come_back_as_writable_copies(array):
    there = crossed(array)
    assert there.flags.writeable and there.flags.owndata | (there.base is not None)
    assert not np.shares_memory(there, array)


@laws
@given(arrays, st.integers(0, 3))
def test_no_layout_in_memory_changes_a_value(array, way):
    views = [np.asfortranarray(array), array.T, np.repeat(array[..., None], 2, -1)[..., ::2], array[..., None][..., 0]]
    if array.ndim:
        views[3] = array[::-1]
    assert alike(crossed(views[way]), np.ascontiguousarray(views[way]).reshape(views[way].shape))


@laws
@given(st.binary(min_size=8, max_size=8))
def test_every_bit_of_a_float_crosses(raw):
    (value,) = struct.unpack("<d", raw)
    assert struct.pack("<d", crossed(value)) == struct.pack("<d", value)
    assert crossed(np.frombuffer(raw, "<f8")).tobytes() == raw


@laws
@given(data)
def test_both_ends_are_told_of_the_same_copies(value):
    here, there = Table(), Table()
    decode(encode(value, here), there)
    assert here.out == there.into


EXACT = [True, 1, 1.0, 1 + 0j, np.float32(1), np.float64(1), np.int8(1), np.bool_(True), np.str_("1"), "1", b"1", (1,)]


def test_every_type_comes_back_as_itself():
    assert [type(crossed(value)) for value in EXACT] == list(map(type, EXACT))
    assert [type(item) for item in crossed([True, 1, 1.0, np.float64(1)])] == [bool, int, float, np.float64]
    assert list(map(type, crossed({1: "a", (True, 2.0): "b"}))) == [int, tuple]


# pandas_values

NAMES = (None, "x", 3, ("a", 1), 2.5)
COLUMNS = [
    np.array([1, -2, 3]),
    np.array([1, 2, 3], "u1"),
    np.array([1.5, np.nan, np.inf], "f4"),
    np.array([True, False, True]),
    np.array([1j, 2, np.nan]),
    np.array(["2020-01-01", "NaT", "1999-12-31T12:34:56"], "M8[s]"),
    np.array([1, 2, 3], "m8[ns]"),
    objects([1, "a", None]),
    objects([[1, 2], (3,), np.array([4.0])]),
    pd.array(["a", None, "c"], dtype="str"),
    pd.array(["a", None, "c"], dtype=pd.StringDtype("python", na_value=pd.NA)),
    pd.array([1, None, 3], dtype="Int64"),
    pd.array([1, None, 3], dtype="UInt8"),
    pd.array([1.5, None, np.nan], dtype="Float32"),
    pd.array([True, None, False], dtype="boolean"),
    pd.Categorical(["b", "a", None], categories=["b", "a", "z"], ordered=True),
    pd.Categorical([3, 1, 3]),
    pd.date_range("2024-03-30", periods=3, tz="Europe/Berlin").array,
    pd.DatetimeIndex(["2020-01-01", None, "2020-01-02"], tz="UTC").as_unit("s").array,
]
columns = st.sampled_from(COLUMNS)
hashable_columns = st.sampled_from(COLUMNS[:8] + COLUMNS[9:])
names = st.sampled_from(NAMES)
FREQUENCIES = "D h min s ms us ns B W-SUN W-WED MS ME QS-OCT QE YS YE-JUN 2D -1D 36h BMS BME SMS 3MS".split()
dated = st.sampled_from(
    [pd.date_range("2020-01-01", periods=3, freq=freq, name="when") for freq in FREQUENCIES]
    + [pd.date_range("2024-03-30", periods=3, freq="D", tz="Europe/Berlin")]
    + [pd.timedelta_range("1h", periods=3, freq=freq) for freq in ("D", "h", "90s")]
    + [pd.DatetimeIndex(["2020-01-01", "2020-01-05", "NaT"]).as_unit("s")]
)
indexes = (
    st.builds(pd.RangeIndex, st.just(2), st.just(-7), st.just(-3), name=names)
    | st.builds(lambda column, name: pd.Index(column, name=name), columns, names)
    | st.builds(
        lambda a, b, name: pd.MultiIndex.from_arrays([a, b], names=[name, "y"]),
        hashable_columns,
        hashable_columns,
        names,
    )
    | dated
)
series = st.builds(lambda column, index, name: pd.Series(column, index=index, name=name), columns, indexes, names)


@st.composite
def frames(draw):
    index = draw(indexes)
    frame = pd.DataFrame(
        {i: pd.Series(draw(columns), index=index) for i in range(draw(st.integers(0, 3)))}, index=index
    )
    labels = st.sampled_from([list("abc"), list("aab"), [1, "b", None], [(1, 2), (1, 3), (2, 2)], [1.5, 2.5, np.nan]])
    frame.columns = draw(st.just(frame.columns) | labels.map(lambda names: pd.Index(names[: frame.shape[1]])))
    part = frame.iloc[: draw(st.integers(0, 3))]
    if isinstance(part.index, pd.MultiIndex):
        part.index = part.index.remove_unused_levels()  # what no row uses does not cross
    return part


pandas_values = frames() | series | indexes


@laws
@given(pandas_values)
def test_tables_keep_values_types_labels_and_names(table):
    assert alike(crossed(table), table)


@laws
@given(pandas_values)
def test_writing_to_a_table_that_crossed_leaves_the_other_alone(table):
    if isinstance(table, pd.Index) or table.empty or table.dtypes is object:
        return
    before, there = table.copy(deep=True), crossed(table)
    there.iloc[0] = there.iloc[-1]
    assert alike(table, before)


def test_a_frame_may_use_one_label_twice():
    frame = pd.DataFrame([[1, "a"], [2.5, None]], columns=["x", "x"], index=[0, 0])
    assert alike(crossed(frame), frame)


MOMENTS = [
    pd.Timestamp("2020-02-29 12:34:56.789123456"),
    pd.Timestamp("2020-02-29").as_unit("s"),
    pd.Timestamp("1600-01-01").as_unit("s"),
    pd.Timestamp("2024-10-27 00:30", tz="UTC").tz_convert("Europe/Berlin"),
    pd.Timestamp("2024-10-27 01:30", tz="UTC").tz_convert("Europe/Berlin"),
    pd.Timestamp("2020-01-01", tz="UTC"),
    pd.Timedelta("-3 days 00:00:00.000000001"),
    pd.Timedelta(5, "s").as_unit("s"),
]


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_moments_keep_their_zone_and_resolution(moment):
    assert alike(crossed(moment), moment)
    assert crossed(moment) == moment and crossed(moment).unit == moment.unit


# other records

Point = namedtuple("Point", "x y")


@pytest.mark.parametrize("kind", sorted(records.BIT_GENERATORS))
def test_a_generator_draws_the_same_there(kind):
    rng = np.random.Generator(getattr(np.random, kind)(7))
    rng.integers(0, 9, dtype=np.uint32)  # half of a word is left over
    there = crossed(rng)
    assert there is not rng
    assert (there.random(9) == rng.random(9)).all()
    assert there.integers(0, 9, 9, dtype=np.uint32).tolist() == rng.integers(0, 9, 9, dtype=np.uint32).tolist()


@laws
@given(plain | arrays | st.lists(data, max_size=3), plain | numpy_scalars)
def test_named_tuples_cross_by_their_fields(x, y):
    there = crossed(Point(x, y))
    assert (type(there).__name__, type(there)._fields) == ("Point", ("x", "y"))
    assert alike(tuple(there), (x, y))
    assert type(there) is type(crossed(Point(1, 2)))


TYPES = [int, list, type, ValueError, np.float32, np.ndarray, np.linalg.LinAlgError, pd.DataFrame, pd.errors.MergeError]


@pytest.mark.parametrize("kind", TYPES)
def test_classes_of_python_numpy_and_pandas_are_themselves(kind):
    assert crossed(kind) is kind


@pytest.mark.parametrize("name", DTYPES)
def test_a_dtype_stays_where_it_is_since_it_equals_numbers(name):
    assert np.dtype(float) == np.float64(1.5)
    assert type(crossed(np.dtype(name))) is type(transfer(np.dtype(name), Table())) is Foreign


STRUCTURE = np.dtype([("a", "i4"), ("b", "f8")])


# the same as in one process

mixed = st.recursive(
    data | pandas_values | st.builds(Point, plain, arrays) | st.builds(np.random.default_rng, st.integers(0, 9)),
    lambda inner: st.lists(inner, max_size=2) | st.tuples(inner, inner) | st.dictionaries(keys, inner, max_size=2),
    max_leaves=5,
)


@laws
@given(mixed)
def test_the_gate_and_the_socket_give_the_same(value):
    """What a module sees of a value does not depend on where the module lives."""
    assert alike(crossed(value), transfer(value, Table()))


@pytest.mark.parametrize("value", [OrderedDict(b=1, a=2), Counter("aab"), defaultdict(list, a=[1.5])], ids=repr)
def test_dicts_of_the_standard_library_cross_as_dicts(value):
    for there in (crossed(value), transfer(value, Table())):
        assert type(there) is dict
        assert list(there.items()) == list(value.items())


class OddArray(np.ndarray):
    pass


class OddFloat(np.float64):
    pass


class OddList(list):
    pass


class OddDict(dict):
    pass


class OddInt(int):
    pass


class OddText(str):
    pass


class OddFrame(pd.DataFrame):
    pass


class OddPoint(Point):
    pass


class Own:
    pass


NO_DATA = {
    "subclass of an array": np.zeros(2).view(OddArray),
    "matrix": np.asmatrix([1.0]),
    "masked array": np.ma.array([1, 2], mask=[0, 1]),
    "record array": np.recarray((2,), STRUCTURE),
    "structured array": np.zeros(2, STRUCTURE),
    "structured scalar": np.zeros(2, STRUCTURE)[0],
    "subclass of a scalar": OddFloat(1),
    "subclass of list": OddList([1]),
    "subclass of dict": OddDict(a=1),
    "subclass of int": OddInt(1),
    "subclass of str": OddText("a"),
    "subclass of a frame": OddFrame({"a": [1]}),
    "subclass of a named tuple": OddPoint(1, 2),
    "named tuple with a function": Point(1, lambda other: True),
    "named tuple with a class": Point(type, 1),
    "named tuple with another": Point(1, Point(len, 1)),
    "dtype": np.dtype(float),
    "own class": Own,
    "own object": Own(),
    "lambda": lambda: 1,
    "builtin function": len,
    "function of numpy": np.mean,
    "module": np,
    "generator": (n for n in range(3)),
    "iterator": iter([1]),
    "exception": ValueError("x"),
    "old random state": np.random.RandomState(0),
    "memory": memoryview(b"abc"),
    "bytearray": bytearray(b"abc"),
}


@pytest.mark.parametrize("value", NO_DATA.values(), ids=NO_DATA)
def test_what_is_no_data_stays_where_it_is(value):
    assert type(crossed(value)) is Foreign
    assert type(transfer(value, Table())) is Foreign
    (there,) = crossed([value])
    assert there.ref == id(value)


@pytest.mark.parametrize(
    "table",
    [
        pd.Series(pd.date_range("2020", periods=2, tz=timezone(timedelta(hours=1)))),
        pd.Series(pd.period_range("2020", periods=2, freq="D")),
        pd.DataFrame({"a": pd.arrays.SparseArray([0, 1])}),
    ],
    ids=["offset", "period", "sparse"],
)
def test_a_table_with_a_column_that_cannot_cross_stays_whole(table):
    assert type(crossed(table)) is Foreign


# bytes of somebody else


@contextmanager
def little_memory(more=768 << 20):
    """Whoever asks for much more memory than there is in use gets a MemoryError."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + more, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def refused_or_read(raw):
    """Decode; anything but a value or a ProtocolError is an error of the test."""
    try:
        return decode(raw, Table())
    except ProtocolError:
        return None


fuzz = settings(deadline=None, derandomize=True, max_examples=400)
TAGS = b"NTFEidcIsbtlezDJmaogrH"


@fuzz
@given(
    st.binary(max_size=200)
    | st.tuples(st.sampled_from(TAGS), st.binary(max_size=60)).map(lambda t: bytes([t[0]]) + t[1])
)
def test_any_bytes_are_refused_or_read(raw):
    with little_memory():
        refused_or_read(raw)


@fuzz
@given(mixed, st.data())
def test_spoilt_bytes_are_refused_or_read(value, chance):
    raw = bytearray(encode(value, Table()))
    for _ in range(chance.draw(st.integers(1, 3))):
        at = chance.draw(st.integers(0, len(raw) - 1))
        raw[at] = chance.draw(st.integers(0, 255) | st.sampled_from(TAGS))
    with little_memory():
        refused_or_read(bytes(raw))


@laws
@given(mixed, st.data())
def test_half_a_value_and_more_than_one_are_refused(value, chance):
    raw = encode(value, Table())
    cut = chance.draw(st.integers(0, len(raw) - 1))
    for wrong in (raw[:cut], raw + b"N"):
        with pytest.raises(ProtocolError):
            decode(wrong, Table())


def record_of(kind, *parts):
    """The bytes of a record, whether it makes sense or not."""
    return b"r" + text(kind) + encode(parts, Table())


LOADED = [
    "numpy",
    "category",
    "string",
    "zoned",
    "masked",
    "range",
    "multi",
    "plain",
    "UTC",
    "Europe/Berlin",
    "pyarrow",
]
LOADED += ["python", "D", "builtins", "MT19937", "PCG64", "f8", "M8[s]", "a b", "int", "numpy.random", "__class__"]
loaded = st.sampled_from(LOADED) | st.sampled_from([pd.RangeIndex(3), pd.RangeIndex(10**13), pd.Index([1, 2, 3])])
parts = st.recursive(
    loaded | scalars | arrays | st.sampled_from(COLUMNS[:9]),
    lambda inner: st.lists(inner, max_size=4).map(tuple) | st.lists(inner, max_size=3),
    max_leaves=6,
)


@fuzz
@given(st.sampled_from(sorted(records.FROM_PARTS)), st.lists(parts, max_size=4))
@pytest.mark.filterwarnings("ignore")
def test_records_of_any_parts_are_refused_or_read(kind, of):
    with little_memory():
        refused_or_read(record_of(kind, *of))


TABLES = st.sampled_from(["Series", "DataFrame", "Index"])
column_parts = st.tuples(st.sampled_from(LOADED[:5]), parts) | st.tuples(st.sampled_from(LOADED[:5]), parts, parts)


@fuzz
@given(TABLES, st.sampled_from([None, "plain", "multi"]), loaded | parts, column_parts, st.none() | loaded)
@pytest.mark.filterwarnings("ignore")
def test_tables_of_any_columns_are_refused_or_read(kind, name, index, column, more):
    of = {
        "Series": (name, index, column),
        "DataFrame": (index, more, (column,)),
        "Index": (name, more, (column,) if name == "multi" else column, more),
    }
    with little_memory():
        refused_or_read(record_of(kind, *of[kind]))


HUGE = pd.RangeIndex(10**13)
STATE = {"bit_generator": "MT19937", "state": {"key": np.zeros(624, "u4"), "pos": 10**6}}
PHILOX = np.random.Philox(1).state | {"buffer_pos": -(10**6)}


def series_of(*column, index=None):
    return record_of("Series", None, pd.RangeIndex(1) if index is None else index, column)


def array_of(dtype, shape, raw=b""):
    return b"a" + sized(dtype) + encode(shape, Table()) + sized(raw)


BOMBS = {
    "length of a list": b"l" + COUNT.pack(2**32 - 1) + b"N" * 100,
    "length of a text": b"s" + COUNT.pack(2**32 - 1) + b"a" * 100,
    "length within lengths": (b"l" + COUNT.pack(100)) * 20 + b"N" * 100,
    "floats that are no whole number": b"D" + sized(b"1234567"),
    "shape": array_of(b"<f8", (10**6, 10**6), bytes(80)),
    "shape beyond memory": array_of(b"<f8", (2**40, 2**40)),
    "shape with a zero": array_of(b"<f8", (2**62, 0, 2**62)),
    "negative shape": array_of(b"<f8", (-1, -1), bytes(8)),
    "shape of booleans": array_of(b"<f8", (True,), bytes(8)),
    "texts without bytes": array_of(b"<U0", (10**9,)),
    "too many axes": array_of(b"<f8", (1,) * 65, bytes(8)),
    "shape of objects": b"o" + encode((10**9,), Table()) + encode((), Table()),
    "type of objects": array_of(b"|O8", (1,), bytes(8)),
    "type of memory": array_of(b"|V8", (1,), bytes(8)),
    "type that is a list": array_of(b"f8,f8", (1,), bytes(16)),
    "depth of lists": (b"l" + COUNT.pack(1)) * 5000 + b"N",
    "depth of references": b"H" * 5000,
    "depth of keys": b"m" + COUNT.pack(1) + (b"t" + COUNT.pack(1)) * 5000 + b"NN",
    "depth of records": (b"r" + text("slice") + b"t" + COUNT.pack(1)) * 5000,
    "unhashable key": b"m" + COUNT.pack(1) + b"l" + COUNT.pack(0) + b"N",
    "number in a table's rows": series_of("numpy", np.array(5.0), index=HUGE),
    "number in a frame's rows": record_of("DataFrame", HUGE, pd.RangeIndex(1), (("numpy", np.array(5.0)),)),
    "zone that is a folder": record_of("Timestamp", np.datetime64(0, "ns"), "America"),
    "zone elsewhere": record_of("Timestamp", np.datetime64(0, "ns"), "../../../etc/passwd"),
    "texts of a storage that is not there": series_of("string", "nowhere", True, objects(["a"])),
    "dtype that does not parse": array_of(b"(1 2)f8,f8", (1,), bytes(24)),
    "dtype": record_of("dtype", "<f8"),
    "named tuple with a class": record_of("namedtuple", "P", ("equals",), (type,)),
    "named tuple with an object": record_of("namedtuple", "P", ("equals",), (Own(),)),
    "character that is none": b"g" + sized(b"<U1") + sized(b"\xff" * 4),
    "time in steps of nothing": b"g" + sized(b"<M8[0s]") + sized(bytes(8)),
    "times in steps of nothing": array_of(b"<M8[0s]", (1,), bytes(8)),
    "generator that reads elsewhere": record_of("Generator", "MT19937", STATE),
    "another that reads elsewhere": record_of("Generator", "Philox", PHILOX),
    "generator of another kind": record_of("Generator", "RandomState", {}),
    "class from elsewhere": record_of("type", "os", "_Environ"),
    "class of a module that is not there": record_of("type", "numpy.nowhere", "__class__"),
    "fields that run code": record_of("namedtuple", "P", ("x, __import__('os').abort()",), (1,)),
    "record that is none": record_of("system", "true"),
    "tag that is none": b"?",
    "owner that is no text": b"H" + encode(5, Table()) + encode(5, Table()),
    "owner that is unknown": b"H" + text("nobody") + encode(5, Table()),
    "nothing": b"",
}


@pytest.mark.parametrize("raw", BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused(raw):
    with little_memory(), pytest.raises(ProtocolError):
        decode(raw, Table())


def test_a_storage_that_is_not_installed_is_refused():
    """Where it is installed, it is read."""
    refused_or_read(series_of("string", "pyarrow", True, objects(["a"])))


# bounds


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def test_depth_is_bounded_at_both_ends():
    assert alike(crossed(nested(MAX_DEPTH)), nested(MAX_DEPTH))
    with pytest.raises(Unsendable, match="nested too deeply"):
        encode(nested(MAX_DEPTH + 1), Table())
    with pytest.raises(ProtocolError, match="nested too deeply"):
        decode((b"l" + COUNT.pack(1)) * (MAX_DEPTH + 1) + b"N", Table())
    endless = []
    endless.append(endless)
    with pytest.raises(Unsendable, match="nested too deeply"):
        encode(endless, Table())


COLLIDING = [number * (2**61 - 1) for number in range(MAX_HASHED + 1)]  # each has the hash 0


@pytest.mark.parametrize("kind", [dict.fromkeys, set, frozenset])
def test_hashed_entries_are_bounded(kind):
    few, many = kind(COLLIDING[:200]), kind(range(MAX_HASHED + 1))
    assert alike(crossed(few), few)
    with pytest.raises(ProtocolError, match=f"more than {MAX_HASHED}"):
        decode(encode(many, Table()), Table())
    assert len(crossed(kind(range(MAX_HASHED)))) == MAX_HASHED


def test_colliding_keys_are_refused_before_they_are_hashed(monkeypatch):
    raw = encode([(n,) for n in COLLIDING], Table()).replace(b"l", b"e", 1)
    monkeypatch.setattr(Decoder, "read", lambda *_: pytest.fail("a value was read"), raising=True)
    with pytest.raises(ProtocolError, match=f"more than {MAX_HASHED}"):
        Decoder(raw[1:], Table())._container(b"e", 0)


def connections():
    here, there = socket.socketpair()
    return Connection(here, Table(), lambda _: (Answer.VALUE, None)), Connection(
        there, Table(), lambda _: (Answer.VALUE, None)
    )


def test_a_message_that_is_too_large_is_not_sent():
    here, _ = connections()
    with pytest.raises(Unsendable, match="too large"):
        here.send((Answer.VALUE, bytes(MAX_MESSAGE_BYTES)))


@pytest.mark.parametrize("length", [MAX_MESSAGE_BYTES + 1, 2**32 - 1])
def test_a_message_that_says_it_is_too_long_is_not_awaited(length):
    here, there = connections()
    there.sock.sendall(struct.pack("<I", length))
    with pytest.raises(ProtocolError, match="too long"):
        here.receive()


@pytest.mark.parametrize("value", [None, (), [], ["value"], (1,), ((),), "value", {"value": 1}, ("anything",)])
def test_what_is_no_message_is_refused(value):
    here, there = connections()
    raw = encode(value, Table())
    there.sock.sendall(struct.pack("<I", len(raw)) + raw)
    with pytest.raises(ProtocolError, match="no message"):
        here.receive()


def test_a_closed_end_is_the_end_of_the_connection():
    here, there = connections()
    there.sock.sendall(struct.pack("<I", 100) + b"half of it")
    there.sock.close()
    with pytest.raises(EOFError):
        here.receive()
