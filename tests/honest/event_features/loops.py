"""In plain loops over dictionaries of rows; frames are built at the end."""

import math

import pandas as pd

NAN = float("nan")


def _rows(events):
    return [{"event": label, **row} for label, row in zip(events.index, events.to_dict("records"), strict=True)]


def _earlier(rows, row):
    mine = [other for other in rows if other["user"] == row["user"] and other["time"] < row["time"]]
    return sorted(mine, key=lambda other: other["time"])


def _series(values, events):
    return pd.Series(list(values), index=events.index, dtype=float)


def in_euros(events, rates):
    quotes = [(c, t, r) for c, t, r in zip(rates["currency"], rates["time"], rates["rate"], strict=True) if r == r]
    euros = []
    for row in _rows(events):
        best = None
        for currency, time, rate in quotes:
            if currency == row["currency"] and time <= row["time"] and (best is None or time > best[0]):
                best = (time, rate)
        euros.append(row["amount"] * best[1] if best else NAN)
    return _series(euros, events)


def add_lags(events, column, lags=(1, 2)):
    rows, result = _rows(events), events.copy()
    for k in lags:
        earlier = (_earlier(rows, row) for row in rows)
        result[f"{column}_lag_{k}"] = _series((past[-k][column] if len(past) >= k else NAN for past in earlier), events)
    return result


def recent_mean(events, column, window=3):
    rows = _rows(events)
    lasts = ([other[column] for other in _earlier(rows, row)[-window:]] for row in rows)
    return _series((math.fsum(last) / len(last) if last else NAN for last in lasts), events)


def history(events):
    rows, lines = _rows(events), []
    for row in rows:
        past = _earlier(rows, row)
        spent = math.fsum(other["amount"] for other in past)
        if past:
            times = (row["time"] - past[-1]["time"], row["time"] - past[0]["time"])
            lines.append((len(past), spent, spent / len(past), *times))
        else:
            lines.append((0, 0, NAN, NAN, 0))
    return pd.DataFrame(lines, index=events.index, columns=["count", "spent", "mean", "elapsed", "since_first"])


def repeats(events):
    rows = _rows(events)
    for row in rows:
        row["kind"] = None if pd.isna(row["kind"]) else row["kind"]
    counts = [sum(other["kind"] == row["kind"] for other in _earlier(rows, row)) for row in rows]
    return pd.Series(counts, index=events.index)


def fill_ages(users):
    known = {}
    countries = [None if pd.isna(country) else country for country in users["country"]]
    for country, age in zip(countries, users["age"], strict=True):
        if age == age:
            known.setdefault(country, []).append(age)
    ages = []
    for country, age in zip(countries, users["age"], strict=True):
        values = sorted(known.get(country, []))
        if age != age and values:
            age = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
        ages.append(age)
    filled = users.copy()
    filled["age"] = ages
    return filled


def add_users(events, users):
    last = {
        user: (country, age) for user, country, age in zip(users["user"], users["country"], users["age"], strict=True)
    }
    found = [last.get(user, (None, NAN)) for user in events["user"]]
    joined = events.copy()
    joined["country"] = [country for country, _ in found]
    joined["age"] = [age for _, age in found]
    return joined


def add_limits(events, limits):
    table = {(c, k): limit for c, k, limit in zip(limits["country"], limits["kind"], limits["limit"], strict=True)}
    pairs = zip(events["country"], events["kind"], strict=True)
    return events.assign(limit=[table.get(pair, NAN) for pair in pairs])


def make_features(events, users, rates, limits, lags=(1, 2), window=3):
    made = events.copy()
    made["amount"] = in_euros(events, rates)
    made = add_lags(made, "amount", lags)
    made["recent"] = recent_mean(made, "amount", window)
    for name, values in history(made).items():
        made[name] = values
    made["repeats"] = repeats(made)
    return add_limits(add_users(made, fill_ages(users)), limits)


def split_last(features):
    last = {}
    for label, user, time in zip(features.index, features["user"], features["time"], strict=True):
        if user not in last or time > last[user][0]:
            last[user] = (time, label)
    labels = {label for _, label in last.values()}
    chosen = [label in labels for label in features.index]
    return features[[not held for held in chosen]], features[chosen]
