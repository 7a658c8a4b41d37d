"""event_features against SQL: window functions, correlated subqueries and joins of sqlite."""

import sqlite3

import numpy as np
import pandas as pd

from .reference import load

ours = load("event_features", "grouped")

PAST = """
    select event, lag(amount, 1) over w, lag(amount, 3) over w,
        avg(amount) over (partition by user order by time rows between 4 preceding and 1 preceding),
        count(*) over w - 1, coalesce(sum(amount) over b, 0), avg(amount) over b, time - lag(time) over w,
        time - first_value(time) over w,
        row_number() over (partition by user, kind order by time) - 1
    from events window w as (partition by user order by time),
        b as (partition by user order by time rows between unbounded preceding and 1 preceding)
    order by event
"""
QUOTED = """
    select event, amount * (select rate from rates r where r.currency = e.currency and r.time <= e.time
        and rate is not null order by r.time desc limit 1)
    from events e order by event
"""
JOINED = """
    select event, age, "limit" from events
    left join users on users.user = events.user
        and users.row = (select max(row) from users u where u.user = events.user)
    left join limits on limits.country = users.country and limits.kind = events.kind
    order by event
"""


def tables(rng):
    n = 60
    events = pd.DataFrame(
        {
            "user": rng.integers(1, 7, size=n),
            "time": rng.permutation(2 * n)[:n],
            "amount": rng.normal(size=n),
            "currency": rng.choice(["chf", "usd", "yen"], size=n),
            "kind": rng.choice(["food", "shop", None], size=n),
        },
        index=pd.Index(rng.permutation(n) + 7, name="event"),
    )
    users = pd.DataFrame({"user": rng.integers(1, 9, size=12), "country": rng.choice(["it", "ch", None], size=12)})
    users["age"] = rng.integers(20, 90, size=12).astype(float)
    rates = pd.DataFrame({"currency": np.repeat(["chf", "usd", "yen"], 10), "time": np.tile(np.arange(5, 105, 10), 3)})
    rates["rate"] = np.where(rng.random(30) < 0.3, np.nan, rng.random(30))
    limits = pd.DataFrame({"country": ["it", "it", "ch"], "kind": ["food", "shop", "food"], "limit": rng.random(3)})
    return events, users, rates.iloc[rng.permutation(30)], limits


def answers(query, **frames):
    with sqlite3.connect(":memory:") as database:
        for name, frame in frames.items():
            frame.to_sql(name, database)
        rows = database.execute(query).fetchall()
    return np.array([row[1:] for row in rows], dtype=float)


def numbers(found):
    return found.sort_index().to_numpy(dtype=float)


def test_past(rng):
    events, *_ = tables(rng)
    parts = [ours.add_lags(events, "amount", (1, 3)).iloc[:, -2:], ours.recent_mean(events, "amount", 4)]
    ours_all = pd.concat([*parts, ours.history(events), ours.repeats(events)], axis=1)
    assert np.allclose(numbers(ours_all), answers(PAST, events=events), equal_nan=True)


def test_quotes(rng):
    events, _, rates, _ = tables(rng)
    euros = ours.in_euros(events, rates).to_frame()
    assert np.allclose(numbers(euros), answers(QUOTED, events=events, rates=rates), equal_nan=True)


def test_joins(rng):
    events, users, _, limits = tables(rng)
    joined = ours.add_limits(ours.add_users(events, users), limits)
    expected = answers(JOINED, events=events, users=users.rename_axis("row"), limits=limits)
    assert np.allclose(numbers(joined[["age", "limit"]]), expected, equal_nan=True)


def test_last_events(rng):
    events, *_ = tables(rng)
    _, held = ours.split_last(events)
    last = answers(
        "select 0, event from events e where time = (select max(time) from events where user = e.user)", events=events
    )
    assert sorted(held.index) == sorted(last[:, 0])
