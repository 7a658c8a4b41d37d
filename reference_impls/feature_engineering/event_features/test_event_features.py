import numpy as np
import pandas as pd
import pytest
from event_features import (
    add_lags,
    add_limits,
    add_users,
    fill_ages,
    history,
    in_euros,
    make_features,
    recent_mean,
    repeats,
    split_last,
)

COLUMNS = ["user", "time", "amount", "currency", "kind"]
HISTORY = ["count", "spent", "mean", "elapsed", "since_first"]
NAN = float("nan")


def log(rng, users=(1, 2, 3, 4)):
    """Four to eight events of each user, in mixed order, numbered from 0 in another."""
    of = np.repeat(users, rng.integers(4, 9, size=len(users)))
    n = len(of)
    columns = {
        "user": of,
        "time": rng.permutation(3 * n)[:n],
        "amount": rng.permutation(n) ** 2 + rng.random(n),
        "currency": rng.choice(["chf", "usd"], size=n),
        "kind": rng.permutation(np.resize(["shop", None, "food"], n)),
    }
    events = pd.DataFrame(columns).iloc[rng.permutation(n)]
    return events.set_index(pd.Index(rng.permutation(n), name="event"))


def pasts(events, column):
    """For each event the values of a column at the user's events before it, the earliest first."""
    rows = list(zip(events["user"], events["time"], events[column], strict=True))
    return [[v for _, v in sorted((t, v) for u, t, v in rows if u == user and t < at)] for user, at, _ in rows]


def mean(values):
    return sum(values) / len(values) if values else NAN


def same(found, expected):
    return np.allclose(np.asarray(found, dtype=float), np.asarray(expected, dtype=float), equal_nan=True)


def assert_labelled(found, events):
    assert list(found.index) == list(events.index), "the rows are not those of the events, in their order"
    assert found.index.name == "event", "the index has lost its name"


def market(rng):
    """Users (one twice, one not at all), rates from time 0 on, limits: all that goes with a log of events."""
    users = pd.DataFrame({"user": [2, 1, 2, 4], "country": ["it", None, "ch", "it"], "age": [71.0, 30.0, NAN, 44.0]})
    users.loc[4] = [9, "ch", float(rng.integers(20, 60))]
    rates = pd.DataFrame({"currency": ["chf", "usd"] * 3, "time": [0, 0, 13, 9, 31, 40], "rate": 1 + rng.random(6)})
    pairs = [(country, kind) for country in ("it", "ch") for kind in ("food", "shop")]
    limits = pd.DataFrame(pairs, columns=["country", "kind"]).assign(limit=rng.permutation(4) + 10.0)
    return users.iloc[[3, 0, 4, 1, 2]], rates.iloc[rng.permutation(6)], limits.iloc[rng.permutation(4)]


def test_amounts_are_converted_at_the_last_quote(rng):
    step = int(rng.integers(6, 12))
    events = log(rng, users=range(9)).iloc[:33]
    order, currencies = rng.permutation(33), ["chf", "usd", "yen"]
    events["time"], events["currency"] = order * step // 7, np.take(currencies, order % 3)
    quotes = [(c, step * k + i, rng.uniform(2, 9)) for i, c in enumerate(currencies) for k in range(4)]
    rates = pd.DataFrame(quotes, columns=["currency", "time", "rate"])
    rates.loc[[0, 1, 5, 10], "rate"] = NAN
    euros = in_euros(events, rates.iloc[rng.permutation(12)])
    assert_labelled(euros, events)
    known, expected = [quotes[i] for i in (2, 3, 4, 6, 7, 8, 9, 11)], []
    for time, amount, currency in zip(events["time"], events["amount"], events["currency"], strict=True):
        quoted = [(t, rate) for c, t, rate in known if c == currency and t <= time]
        expected.append(amount * max(quoted)[1] if quoted else NAN)
    assert same(euros, expected), "an amount is not converted at the last quote of its currency until then"


def test_lags_are_earlier_values_of_the_user(rng):
    events, k = log(rng), int(rng.integers(3, 6))
    for column, lags, given in (("amount", (1, 2), {}), ("time", (k, 1), {"lags": (k, 1)})):
        lagged = add_lags(events, column, **given)
        assert_labelled(lagged, events)
        added = [f"{column}_lag_{lag}" for lag in lags]
        assert list(lagged.columns) == [*COLUMNS, *added], "not one column a lag is added to the events"
        assert lagged[COLUMNS].equals(events), "the lags come with other events"
        for name, lag in zip(added, lags, strict=True):
            expected = [past[-lag] if len(past) >= lag else NAN for past in pasts(events, column)]
            assert same(lagged[name], expected), f"{name} is not the value at the user's event so many events before"


def test_recent_means_are_of_the_users_last_events(rng):
    events = log(rng)
    for column, window, given in (("amount", 3, {}), ("time", 2, {"window": 2}), ("amount", 1, {"window": 1})):
        means = recent_mean(events, column, **given)
        assert_labelled(means, events)
        expected = [mean(past[-window:]) for past in pasts(events, column)]
        assert same(means, expected), f"not the mean of the user's last {window} events before this one"


def test_the_history_counts_and_sums_what_was_before(rng):
    events = log(rng)
    known, amounts = history(events), pasts(events, "amount")
    assert_labelled(known, events)
    assert list(known.columns) == HISTORY, "the columns of the history are others"
    assert same(known["count"], [len(past) for past in amounts]), "the events before this one are miscounted"
    assert same(known["spent"], [sum(past) for past in amounts]), "not the sum of the user's amounts before this one"
    assert same(known["mean"], [mean(past) for past in amounts]), "not the mean of the user's amounts before this one"


def test_times_are_counted_from_the_users_own_events(rng):
    events = log(rng)
    known, times = history(events), pasts(events, "time")
    last = [time - past[-1] if past else NAN for time, past in zip(events["time"], times, strict=True)]
    first = [time - past[0] if past else 0 for time, past in zip(events["time"], times, strict=True)]
    assert same(known["elapsed"], last), "not the time since the user's previous event"
    assert same(known["since_first"], first), "not the time since the user's first event"


def test_repeats_are_of_the_same_user_and_kind(rng):
    events = log(rng)
    found = repeats(events)
    assert_labelled(found, events)
    kinds = events["kind"].where(events["kind"].notna(), "missing")
    pairs = zip(pasts(events.assign(kind=kinds), "kind"), kinds, strict=True)
    assert same(found, [past.count(kind) for past, kind in pairs]), "the earlier events of a kind are miscounted"


def test_missing_ages_are_typical_of_their_country(rng):
    a, b, c, d, e = (float(age) for age in rng.permutation(np.arange(20, 90))[:5])
    rows = [("it", a), ("ch", NAN), (None, d), ("it", NAN), ("it", b), ("no", NAN), (None, NAN), ("it", c), ("ch", e)]
    users = pd.DataFrame(rows, columns=["country", "age"]).assign(user=rng.permutation(9) + 3)
    users = users.iloc[order := rng.permutation(9)]
    filled = fill_ages(users)
    assert filled.drop(columns="age").equals(users.drop(columns="age")), "more than the ages has changed"
    expected = np.array([a, e, d, sorted([a, b, c])[1], b, NAN, d, c, e])
    assert same(filled["age"], expected[order]), "an age is lost, or a missing one is not the median of its country"


def test_each_event_gets_its_user(rng):
    events, (users, _, _) = log(rng), market(rng)
    joined = add_users(events, users)
    assert_labelled(joined, events)
    assert list(joined.columns) == [*COLUMNS, "country", "age"], "the columns are not those of events and users"
    assert joined[COLUMNS].equals(events), "the users come with other events"
    country, age = {2: "ch", 4: "it"}, {1: 30.0, 4: 44.0}
    found = [(None if pd.isna(name) else name) for name in joined["country"]]
    assert found == [country.get(user) for user in events["user"]], "an event has not the country of its user"
    assert same(joined["age"], [age.get(user, NAN) for user in events["user"]]), "an event has not the age of its user"


def test_each_event_gets_the_limit_of_its_country_and_kind(rng):
    events, (_, _, limits) = log(rng), market(rng)
    events["country"] = rng.permutation(np.resize(["it", "no", "ch", None], len(events)))
    limited = add_limits(events, limits)
    assert_labelled(limited, events)
    assert list(limited.columns) == [*COLUMNS, "country", "limit"], "the limit is not the one column that is added"
    known = {(country, kind): limit for country, kind, limit in limits.itertuples(index=False)}
    expected = [known.get(pair, NAN) for pair in zip(events["country"], events["kind"], strict=True)]
    assert same(limited["limit"], expected), "an event has not the limit of its country and kind"


def test_the_last_event_of_each_user_is_held_out(rng):
    events = log(rng).sort_values("time", ascending=False)
    for step in (1, 7):
        events.index = pd.RangeIndex((len(events) - 1) * step, -1, -step, name="event")
        rest, held = split_last(events)
        dated = list(zip(events["user"], events["time"], events.index, strict=True))
        last = [max((t, e) for u, t, e in dated if u == user)[1] for user in range(1, 5)]
        assert sorted(held.index) == sorted(last), "not each user's last event is held out"
        assert sorted(rest.index) == sorted(set(events.index) - set(last)), "not all others are in the rest"
        assert pd.concat([rest, held]).loc[events.index].equals(events), "a row has changed on its way into a part"


def test_features_are_put_together(rng):
    events, (users, rates, limits) = log(rng), market(rng)
    k, window = int(rng.integers(3, 5)), int(rng.integers(4, 6))
    euros = in_euros(events, rates)
    amounts = pasts(events.assign(amount=euros), "amount")
    for lags, size, given in (((1, 2), 3, {}), ((k,), window, {"lags": (k,), "window": window})):
        made = make_features(events, users, rates, limits, **given)
        assert_labelled(made, events)
        lagged = [f"amount_lag_{lag}" for lag in lags]
        expected = [*COLUMNS, *lagged, "recent", *HISTORY, "repeats", "country", "age", "limit"]
        assert list(made.columns) == expected, "these are not the features in their order"
        assert same(made["amount"], euros), "the amounts are not in euros"
        assert same(made["recent"], [mean(past[-size:]) for past in amounts]), "the recent mean is of other amounts"
    values = [past[-k] if len(past) >= k else NAN for past in amounts]
    assert same(made[f"amount_lag_{k}"], values), "the lag is not one of the amounts in euros"
    assert same(made["spent"], [sum(past) for past in amounts]), "the history is not of the amounts in euros"
    age = {1: 30.0, 2: float(users.loc[4, "age"]), 4: 44.0}
    assert same(made["age"], [age.get(user, NAN) for user in made["user"]]), (
        "an age is not that of the user, or missing"
    )


def looked_back(events):
    """History, recent means and lags: numbers alone."""
    lags = add_lags(events, "amount").filter(like="lag")
    return pd.concat([history(events), recent_mean(events, "amount").rename("recent"), lags], axis=1)


def test_later_events_do_not_matter(rng):
    events = log(rng)
    late = events["time"] > np.median(events["time"])
    poisoned = events.assign(amount=events["amount"].where(~late, -1e6), kind=events["kind"].where(~late, "food"))
    assert same(looked_back(events[~late]), looked_back(poisoned)[~late]), "a past depends on later events"


def test_events_of_others_do_not_matter(rng):
    events, user = log(rng), int(rng.integers(2, 5))
    own = events["user"] == user
    assert same(looked_back(events[own]), looked_back(events)[own]), "a user's past depends on events of other users"


def test_the_order_of_rows_does_not_matter(rng):
    events = log(rng)
    mixed = events.iloc[rng.permutation(len(events))]
    assert same(looked_back(mixed).loc[events.index], looked_back(events)), "a past depends on the order of the rows"


def test_arguments_are_left_alone(rng, unchanged):
    events, (users, rates, _) = log(rng), market(rng)
    with unchanged(events, users, rates):
        in_euros(events, rates)
        add_lags(events, "amount")
        fill_ages(users)
        history(events)


@pytest.mark.edge_case
def test_a_first_event_has_no_past(rng):
    events = log(rng).iloc[:1]
    assert same(history(events), [[0, 0, NAN, NAN, 0]]), "the history of a first event is not that of no events"
    assert same(recent_mean(events, "amount"), [NAN]), "the mean over no events is not NaN"
    assert same(repeats(events), [0]), "a first event repeats another"


@pytest.mark.edge_case
def test_nothing_is_known_of_a_strange_user(rng):
    events, (users, _, limits) = log(rng, users=[7]), market(rng)
    strange = add_limits(add_users(events, users), limits)
    assert_labelled(strange, events)
    assert strange[["country", "age", "limit"]].isna().all(axis=None), "something is known of a user who is not listed"
