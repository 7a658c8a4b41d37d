"""table_cleaning against scipy's winsorising and scikit-learn's imputer, and against Python's own readers of text."""

import csv
import io
from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats.mstats import winsorize
from sklearn.impute import MissingIndicator, SimpleImputer

from .reference import load, relaxed

ours = load("table_cleaning", "orders")
HEADINGS = list(ours.HEADINGS)
words = st.text("abc0 ,-", max_size=5)


@relaxed
@given(st.lists(st.lists(words, min_size=8, max_size=8), min_size=1, max_size=6))
def test_reading(rows):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([HEADINGS, *rows])
    assert ours.read_table(text.getvalue()).values.tolist() == rows


@relaxed
@given(st.lists(st.dates(date(1990, 1, 1), date(2060, 1, 1)), min_size=1))
def test_days(days):
    read = ours.parse_days(pd.Series([day.strftime("%d/%m/%Y") for day in days]))
    assert [stamp.date() for stamp in read] == days


@relaxed
@given(
    st.lists(st.floats(-1e9, 1e9), min_size=1), st.sampled_from(["{:,.2f} EUR", "CHF {:,.2f}", "${:.2f}", "{:,.2f}"])
)
def test_numbers(values, form):
    read = ours.parse_numbers(pd.Series([form.format(value) for value in values]))
    assert np.allclose(read, [round(value, 2) for value in values], atol=0.006)


@relaxed
@given(st.lists(st.floats(0, 1e4), min_size=1))
def test_shares(values):
    read = ours.parse_numbers(pd.Series([f"{value:.4f}%" for value in values]))
    assert np.allclose(100 * read, values, atol=1e-4)


def test_clipping_is_winsorising_where_the_quantiles_are_values(rng):
    values = rng.normal(size=101)
    expected = winsorize(values, limits=(0.05, 0.05))
    assert np.allclose(ours.clip_outliers(pd.Series(values), 0.05), expected)


def test_filling(rng):
    values = np.where(rng.random((50, 3)) < 0.2, np.nan, rng.normal(size=(50, 3)))
    table = pd.DataFrame(values, columns=["a", "b", "c"])
    flags = ours.add_flags(table, ["a", "b", "c"])[["a_missing", "b_missing", "c_missing"]]
    assert np.array_equal(flags, MissingIndicator(features="all").fit_transform(values))
    filled = pd.DataFrame({name: ours.complete(table[name], 0) for name in table})
    assert np.allclose(filled, SimpleImputer().fit_transform(values))


def test_latest(rng):
    table = pd.DataFrame({"order": rng.integers(0, 9, size=60).astype(str), "revision": rng.permutation(200)[:60]})
    table["revision"] = table["revision"].astype(str)
    expected = table["revision"].astype(int).groupby(table["order"]).idxmax()
    assert sorted(ours.keep_latest(table).index) == sorted(expected)
