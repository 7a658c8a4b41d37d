"""Data is passed as copies of the same exact type; everything else as a stand-in."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from bugforge.model import Outcome
from bugforge.runner.proxy.conftest import same
from bugforge.runner.proxy.data import nearest_exception
from bugforge.runner.proxy.handle import Callback, Handle, Refused
from bugforge.runner.proxy.local import LocalProxy
from bugforge.runner.proxy.stubs import Ending

laws = settings(deadline=None, derandomize=True, max_examples=80)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=5)
arrays = npst.arrays(
    st.sampled_from([np.float64, np.int64, np.bool_, "<U3", "M8[s]"]), npst.array_shapes(max_dims=3, max_side=4)
)
values = st.recursive(
    scalars | arrays,
    lambda inner: (
        st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def proxy_of(source=""):
    made = LocalProxy("demo")
    made.load(source)
    made.begin()
    return made


@laws
@given(values)
def test_data_crosses_both_ways_unchanged(value):
    there = proxy_of().to_module(value)
    back = proxy_of().to_test(there)
    assert type(there) is type(back) is type(value)
    assert repr(back) == repr(value)


@laws
@given(arrays)
def test_what_crosses_is_a_copy(array):
    there = proxy_of().to_module(array)
    assert there is not array
    assert not np.shares_memory(there, array) or array.size == 0
    assert there.dtype == array.dtype


def test_frames_keep_labels_and_types():
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None]}, index=[7, 3])
    there = proxy_of().to_module(frame)
    assert same(frame, there)
    there.loc[7, "a"] = 99
    assert frame.loc[7, "a"] == 1


def test_an_object_array_crosses_by_its_items():
    inner = np.array([1.0])
    array = np.array([inner, "x", None], dtype=object)
    there = proxy_of().to_module(array)
    there[0][0] = 5.0
    assert inner[0] == 1.0


def test_a_subclass_of_an_array_is_no_data():
    made = proxy_of("import numpy as np\nclass Odd(np.ndarray): pass\ndef f(): return np.zeros(2).view(Odd)\n")
    made.install_stubs()
    import demo

    assert isinstance(demo.f(), Handle)


def test_handles_do_not_answer_for_themselves():
    made = proxy_of(
        "class Equal:\n    def __eq__(self, other): return True\n    __hash__ = None\ndef f(): return Equal()\n"
    )
    made.install_stubs()
    import demo

    thing = demo.f()
    with pytest.raises(Refused):
        bool(thing == 3)
    with pytest.raises(Refused):
        assert thing
    with pytest.raises(Refused):
        len(thing)
    with pytest.raises(Refused):
        np.asarray(thing) + 1
    with pytest.raises(Refused):
        list(thing)
    assert made.refusals[:3] == ["__eq__", "__bool__", "__len__"]


def test_the_same_object_is_the_same_handle():
    made = proxy_of("class M:\n    def fit(self): return self\n")
    made.install_stubs()
    import demo

    model = demo.M()
    assert model.fit() is model.fit()
    assert model.fit() is model


def test_named_tuples_cross_by_their_fields():
    made = proxy_of(
        "from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\n    y: list\ndef f(): return P(1, [2])\n"
    )
    made.install_stubs()
    import demo

    point = demo.f()
    assert (point.x, point.y, tuple(point)) == (1, [2], (1, [2]))


def test_functions_of_the_test_are_called_back():
    made = proxy_of("def apply(f, x): return f(x) + 1\n")
    made.install_stubs()
    import demo

    assert demo.apply(np.mean, np.array([1.0, 3.0])) == 3.0
    assert demo.apply(lambda x: len(x), [1, 2]) == 3
    assert isinstance(made.to_module(print), Callback)


def test_a_generator_crosses_by_state_and_only_once():
    made = proxy_of("def draw(rng): return rng.random()\n")
    made.install_stubs()
    import demo

    rng = np.random.default_rng(3)
    assert demo.draw(rng) == np.random.default_rng(3).random()
    assert rng.random() == np.random.default_rng(3).random()
    with pytest.raises(Refused, match="passing the same random generator twice"):
        demo.draw(rng)


def test_a_lazy_generator_is_iterated_lazily():
    made = proxy_of("def count():\n    i = 0\n    while True:\n        yield [i]\n        i += 1\n")
    made.install_stubs()
    import demo

    assert [item for item, _ in zip(demo.count(), range(3), strict=False)] == [[0], [1], [2]]


ERRORS = [
    ("raise ValueError('a')", ValueError, "a"),
    ("class E(KeyError): pass\n    raise E('k')", KeyError, "'k'"),
    ("import numpy as np\n    np.linalg.inv(np.zeros((2, 2)))", np.linalg.LinAlgError, "Singular"),
    ("import numpy as np\n    np.zeros(2) + np.zeros(3)", ValueError, "broadcast"),
    ("class E(Exception): pass\n    raise E('own')", Exception, "own"),
]


@pytest.mark.parametrize(("body", "kind", "text"), ERRORS)
def test_errors_cross_as_the_nearest_common_class(body, kind, text):
    made = proxy_of(f"def f():\n    {body}\n")
    made.install_stubs()
    import demo

    with pytest.raises(kind, match=text) as caught:
        demo.f()
    assert type(caught.value).__module__.split(".")[0] in ("builtins", "numpy")


def test_an_error_whose_class_wants_more_than_a_text():
    class Picky(ValueError):
        def __init__(self, a, b):
            super().__init__(a, b)

    assert type(nearest_exception(Picky(1, 2))) is ValueError


def test_an_exit_is_a_crash():
    made = proxy_of("import sys\ndef f(): sys.exit(0)\n")
    made.install_stubs()
    import demo

    with pytest.raises(RuntimeError):
        demo.f()
    assert made.ended == Ending(Outcome.CRASHED, "SystemExit", "the module raised SystemExit")


def test_nothing_is_asked_while_the_contract_is_imported():
    made = proxy_of("def f(): return 1\n")
    made.testing = False
    made.install_stubs()
    import demo

    with pytest.raises(Refused, match="while the contract is imported"):
        demo.f()
