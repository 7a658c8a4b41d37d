"""In plain Python with the csv module: value by value, lists of rows, and a Series or frame only at the end."""

import csv
import datetime
import math

import numpy as np
import pandas as pd

NAMES = {
    "Order no.": "order",
    "Rev.": "revision",
    "Date": "day",
    "City": "city",
    "State": "state",
    "Unit price": "price",
    "Items": "items",
    "Discount": "discount",
}


def _each(function, column, dtype=object):
    values = [None if pd.isna(value) else function(value) for value in column]
    return pd.Series(values, index=column.index, name=column.name, dtype=dtype)


def read_table(text):
    head, *rows = csv.reader(text.splitlines())
    return pd.DataFrame(rows, columns=[NAMES[heading] for heading in head], dtype=object)


def mark_missing(texts):
    gone = {"", "-", "?", "n/a", "none", "unknown"}
    return _each(lambda text: None if text.strip().lower() in gone else " ".join(text.split()), texts)


def _number(text):
    for mark in ("EUR", "CHF", "$", ",", " "):
        text = text.replace(mark, "")
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def parse_numbers(texts):
    return _each(_number, texts, float)


def _day(text):
    try:
        day, month, year = map(int, text.split("/"))
        return datetime.datetime(year, month, day)
    except ValueError:
        return None


def parse_days(texts):
    return pd.to_datetime(_each(_day, texts))


def unify(names, aliases):
    spelt = _each(lambda name: " ".join(name.casefold().split()), names)
    return _each(lambda name: aliases.get(name, name), spelt)


def keep_latest(table):
    best = {}
    for place, (order, revision) in enumerate(zip(table["order"], table["revision"], strict=True)):
        if order not in best or int(revision) > best[order][0]:
            best[order] = (int(revision), place)
    return table.iloc[sorted(place for _, place in best.values())]


def void_impossible(table):
    items = [n if n >= 1 else math.nan for n in table["items"]]
    discount = [math.nan if share > 1 else share for share in table["discount"]]
    return table.assign(items=items, discount=discount)


def keep_sales(table, since):
    pairs = zip(table["day"], table["state"], strict=True)
    return table.iloc[[i for i, (day, state) in enumerate(pairs) if day >= since and state in ("paid", "sent")]]


def add_flags(table, names):
    flagged = table.copy()
    for name in names:
        flagged[name + "_missing"] = [bool(pd.isna(value)) for value in table[name]]
    return flagged


def clip_outliers(numbers, tail=0.05):
    bounds = numbers.quantile(tail), numbers.quantile(1 - tail)
    return numbers.where(numbers.isna() | (numbers >= bounds[0]), bounds[0]).where(
        numbers.isna() | (numbers <= bounds[1]), bounds[1]
    )


def complete(numbers, tail=0.05):
    values = clip_outliers(numbers, tail).to_numpy()
    return pd.Series(np.where(np.isnan(values), np.nanmean(values), values), index=numbers.index)


def log_totals(table):
    rows = zip(table["price"], table["items"], table["discount"], strict=True)
    return pd.Series([math.log(1 + price * items * (1 - off)) for price, items, off in rows], index=table.index)


def clean(table, aliases, since):
    table = pd.DataFrame({name: mark_missing(table[name]) for name in table})
    table = keep_latest(table[[value is not None for value in table["order"]]])
    meant = {"day": parse_days(table["day"]), "city": unify(table["city"], aliases), "state": unify(table["state"], {})}
    meant |= {name: parse_numbers(table[name]) for name in ("price", "items", "discount")}
    sales = keep_sales(void_impossible(table.assign(**meant)), since)
    sales = add_flags(sales, ["price", "items", "discount"])
    sales = sales.assign(**{name: complete(sales[name]) for name in ("price", "items", "discount")})
    sales = sales.assign(log_total=log_totals(sales))
    return sales.iloc[sorted(range(len(sales)), key=lambda i: sales["order"].iloc[i])].reset_index(drop=True)
