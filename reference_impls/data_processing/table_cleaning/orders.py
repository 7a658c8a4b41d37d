"""The orders of a shop, from an export in which all is text to a table that a model can be fitted to.

    text -> one row an order -> days, cities, numbers -> what cannot be is missing -> the sales that are asked for
         -> flags of what is missing -> outliers clipped -> gaps filled -> logarithm of the total

    total = price * items * (1 - discount),   log_total = log(1 + total)

Tables are DataFrames, columns are Series; whatever has a value for each row keeps the labels of the rows.
"""

import io

import numpy as np
import pandas as pd

HEADINGS = {
    "Order no.": "order",
    "Rev.": "revision",
    "Date": "day",
    "City": "city",
    "State": "state",
    "Unit price": "price",
    "Items": "items",
    "Discount": "discount",
}
NO_VALUE = ["", "-", "?", "n/a", "none", "unknown"]
NUMBERS = ["price", "items", "discount"]


def read_table(text):
    """A table with a row for each line of text, under short names."""
    table = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    return table.rename(columns=HEADINGS)


def trim(texts):
    """Texts without spaces that say nothing."""
    texts = texts.str.strip()
    return texts.str.replace(r"\s+", " ", regex=True)


def mark_missing(texts):
    """Texts, or missing where they say so."""
    texts = trim(texts.astype(str))
    return texts.mask(texts.str.lower().isin(NO_VALUE))


def parse_numbers(texts):
    """The number that each text says."""
    numbers = pd.Series(np.nan, index=texts.index)
    given = texts.dropna()
    numbers[given.index] = given.str.replace(r"[^\d.-]", "", regex=True).astype(float)
    percent = texts.str.endswith("%", na=False)
    return numbers.where(~percent, numbers / 100)


def parse_days(texts):
    """The day that each text says."""
    return pd.to_datetime(texts, format="%d/%m/%Y", errors="coerce")


def unify(names, aliases):
    """One spelling for each name; aliases is a dict of spelling to name."""
    return trim(names).str.lower().replace(aliases)


def keep_latest(table):
    """One row for each order."""
    ordered = table.sort_values("revision", key=pd.to_numeric)
    return ordered.drop_duplicates("order", keep="last")


def void_outside(table, name, low, high):
    """The table with the values of a column that lie between low and high."""
    table = table.copy()
    table.loc[~table[name].between(low, high), name] = np.nan
    return table


def void_impossible(table):
    """The table without values that cannot be."""
    table = void_outside(table, "items", 1, np.inf)
    return void_outside(table, "discount", -np.inf, 1)


def keep_sales(table, since):
    """Some of the rows."""
    return table[(table["day"] >= since) & ((table["state"] == "paid") | (table["state"] == "sent"))]


def gaps(table):
    """A frame of booleans, by the names of the columns."""
    return table.isna()


def add_flags(table, names):
    """The table with a column `<name>_missing` for each of names."""
    return table.join(gaps(table[names]).add_suffix("_missing"))


def limits(numbers, tail):
    """Two values between which those lie that are no outliers."""
    return np.nanpercentile(numbers, [100 * tail, 100 * (1 - tail)])


def clip_outliers(numbers, tail=0.05):
    """A column of numbers without its extremes."""
    low, high = limits(numbers, tail)
    return numbers.clip(low, high)


def complete(numbers, tail=0.05):
    """A column of numbers without extremes and gaps."""
    clipped = clip_outliers(numbers, tail)
    return clipped.fillna(clipped.mean())


def log_totals(table):
    """What each row comes to, on a scale of logarithms."""
    total = table["price"] * table["items"] * (1 - table["discount"])
    return np.log1p(total)


def clean(table, aliases, since):
    """From a table as it was read to one without gaps, a row for each sale."""
    table = table.apply(mark_missing)
    table = table.dropna(subset=["order"])
    table = keep_latest(table)
    table["day"] = parse_days(table["day"])
    table["city"] = unify(table["city"], aliases)
    table["state"] = unify(table["state"], {})
    for name in NUMBERS:
        table[name] = parse_numbers(table[name])
    table = keep_sales(void_impossible(table), since)
    table = add_flags(table, NUMBERS)
    for name in NUMBERS:
        table[name] = complete(table[name])
    table["log_total"] = log_totals(table)
    return table.sort_values("order").reset_index(drop=True)
