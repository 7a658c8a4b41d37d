"""Features of a table of events, each as it was known when its event happened.

    lag_k        amount of the same user, k events ago
    recent       mean of the last few amounts of the same user, this one left out
    history      how many events the user had before, their sum and mean, and the times since the last and the first one
    repeats      how many earlier events of the user were of the same kind
    euros        amount times the last rate that was quoted for its currency
    age, limit   looked up in the tables of users and of limits

Events carry a number each, the index `event`, and come in no order; a user has one event at a time. What belongs to an
event is returned under its number.
"""

import pandas as pd


def quotes_by_time(rates):
    """The table of rates (currency, time, rate), to be searched for a time."""
    quotes = rates.sort_values("time")
    quotes["rate"] = quotes.groupby("currency")["rate"].ffill()
    return quotes


def in_euros(events, rates):
    """Amounts of events in euros, a Series."""
    dated = events.reset_index().sort_values("time")
    quoted = pd.merge_asof(dated, quotes_by_time(rates), on="time", by="currency").set_index("event")
    return (quoted["amount"] * quoted["rate"]).reindex(events.index)


def past_of(events, column):
    """A column, prepared for looking back."""
    ordered = events.sort_values(["user", "time"])
    return ordered.groupby("user")[column]


def add_lags(events, column, lags=(1, 2)):
    """The events with a column `<column>_lag_<k>` for each k of lags."""
    events = events.copy()
    past = past_of(events, column)
    for k in lags:
        events[f"{column}_lag_{k}"] = past.shift(k)
    return events


def means_before(past, window):
    """Moving means of a column that was prepared for looking back."""
    return past.transform(lambda values: values.shift(1).rolling(window, min_periods=1).mean())


def recent_mean(events, column, window=3):
    """Mean of a few values of a column, a Series with a number for each event."""
    return means_before(past_of(events, column), window).reindex(events.index)


def history(events):
    """Frame with the columns count, spent, mean, elapsed and since_first, a row for each event."""
    ordered = events.sort_values(["user", "time"])
    users = ordered.groupby("user")
    known = pd.DataFrame(index=ordered.index)
    known["count"] = users.cumcount()
    known["spent"] = users["amount"].cumsum() - ordered["amount"]
    known["mean"] = users["amount"].transform(lambda amounts: amounts.shift(1).expanding().mean())
    known["elapsed"] = ordered["time"] - users["time"].shift(1)
    known["since_first"] = ordered["time"] - users["time"].transform("min")
    return known.reindex(events.index)


def repeats(events):
    """Number of certain earlier events, a Series with a number for each event."""
    ordered = events.sort_values("time")
    return ordered.groupby(["user", "kind"], dropna=False).cumcount().reindex(events.index)


def fill_ages(users):
    """The table of users without gaps in age, where its country has an age."""
    typical = users.groupby("country", dropna=False)["age"].transform("median")
    return users.assign(age=users["age"].fillna(typical))


def add_users(events, users):
    """The events with the columns of users (user, country, age)."""
    latest = users.drop_duplicates("user", keep="last")
    return events.reset_index().merge(latest, on="user", how="left").set_index("event")


def add_limits(events, limits):
    """The events with the column limit of limits (country, kind, limit)."""
    return events.reset_index().merge(limits, on=["country", "kind"], how="left").set_index("event")


def make_features(events, users, rates, limits, lags=(1, 2), window=3):
    """All features, a frame with a row for each event."""
    table = events.assign(amount=in_euros(events, rates))
    table = add_lags(table, "amount", lags)
    table["recent"] = recent_mean(table, "amount", window)
    table = table.join(history(table))
    table["repeats"] = repeats(table)
    table = add_users(table, fill_ages(users))
    return add_limits(table, limits)


def split_last(features):
    """Two parts of the rows of features, for training and for testing."""
    held = features.loc[features.groupby("user")["time"].idxmax()]
    rest = features.drop(held.index)
    return rest, held
