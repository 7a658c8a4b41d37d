"""Numpy arrays in order of user and time, offsets within a user, searchsorted; pandas at the ends."""

import numpy as np
import pandas as pd


def _ordered(events):
    """Positions by user and time, for each of them its offset in the user, and where the user begins."""
    order = np.lexsort((events["time"].to_numpy(), events["user"].to_numpy()))
    users = events["user"].to_numpy()[order]
    begins = np.r_[True, users[1:] != users[:-1]] if len(order) else np.zeros(0, bool)
    start = np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0)) if len(order) else np.zeros(0, int)
    return order, np.arange(len(order)) - start, start


def _back(values, order, events, dtype=float):
    result = np.empty(len(order), dtype=dtype)
    result[order] = values
    return pd.Series(result, index=events.index)


def _shifted(values, offset, k):
    moved = np.full(len(values), np.nan)
    has = offset >= k
    moved[has] = values[np.flatnonzero(has) - k]
    return moved


def in_euros(events, rates):
    quotes = {}
    for currency, part in rates[rates["rate"].notna()].groupby("currency"):
        part = part.sort_values("time")
        quotes[currency] = part["time"].to_numpy(), part["rate"].to_numpy(float)
    euros = []
    for currency, time, amount in zip(events["currency"], events["time"], events["amount"], strict=True):
        times, values = quotes.get(currency, (np.array([]), np.array([])))
        at = np.searchsorted(times, time, side="right")
        euros.append(amount * values[at - 1] if at else np.nan)
    return pd.Series(euros, index=events.index, dtype=float)


def add_lags(events, column, lags=(1, 2)):
    order, offset, _ = _ordered(events)
    values, result = events[column].to_numpy(float)[order], events.copy()
    for k in lags:
        result[f"{column}_lag_{k}"] = _back(_shifted(values, offset, k), order, events)
    return result


def recent_mean(events, column, window=3):
    order, offset, _ = _ordered(events)
    values = events[column].to_numpy(float)[order]
    means = [values[i - min(int(o), window) : i].mean() if o else np.nan for i, o in enumerate(offset)]
    return _back(np.array(means, dtype=float), order, events)


def history(events):
    order, offset, start = _ordered(events)
    amounts, times = events["amount"].to_numpy(float)[order], events["time"].to_numpy()[order]
    spent = np.array([amounts[s : s + o].sum() for s, o in zip(start, offset, strict=True)], dtype=float)
    mean = np.full(len(order), np.nan)
    np.divide(spent, offset, out=mean, where=offset > 0)
    table = {
        "count": _back(offset, order, events, int),
        "spent": _back(spent, order, events),
        "mean": _back(mean, order, events),
        "elapsed": _back(times - _shifted(times, offset, 1), order, events),
        "since_first": _back(times - times[start], order, events),
    }
    return pd.DataFrame(table, index=events.index)


def repeats(events):
    order, _, _ = _ordered(events)
    users, kinds = events["user"].to_numpy(), events["kind"].to_numpy(object)
    seen, result = {}, []
    for i in order:
        key = users[i], None if pd.isna(kinds[i]) else kinds[i]
        result.append(seen.get(key, 0))
        seen[key] = result[-1] + 1
    return _back(np.array(result, dtype=int), order, events, int)


def fill_ages(users):
    codes, _ = pd.factorize(users["country"], use_na_sentinel=True)
    ages = users["age"].to_numpy(float).copy()
    for code in np.unique(codes):
        mine = codes == code
        known = ages[mine & ~np.isnan(ages)]
        if len(known):
            ages[mine & np.isnan(ages)] = np.median(known)
    return users.assign(age=ages)


def add_users(events, users):
    last = users.drop_duplicates("user", keep="last").set_index("user")
    return events.assign(**{name: events["user"].map(last[name]) for name in ("country", "age")})


def add_limits(events, limits):
    known = {(row.country, row.kind): row.limit for row in limits.itertuples()}
    pairs = zip(events["country"], events["kind"], strict=True)
    return events.assign(limit=[float(known.get(pair, np.nan)) for pair in pairs])


def split_last(features):
    order, offset, _ = _ordered(features)
    ends = np.r_[offset[1:] == 0, True] if len(order) else np.zeros(0, bool)
    return features.iloc[order[~ends]], features.iloc[order[ends]]


def make_features(events, users, rates, limits, lags=(1, 2), window=3):
    table = events.assign(amount=in_euros(events, rates))
    result = add_lags(table, "amount", lags)
    result["recent"] = recent_mean(table, "amount", window)
    for name, values in history(table).items():
        result[name] = values
    result["repeats"] = repeats(table)
    return add_limits(add_users(result, fill_ages(users)), limits)
