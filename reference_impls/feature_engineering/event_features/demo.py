"""Fourteen events of three users, one of whom has two rows in the table of users."""

import pandas as pd
from event_features import fill_ages, history, make_features, split_last

columns = {
    "user": [2, 1, 2, 3, 1, 3, 2, 1, 3, 2, 1, 3, 1, 2],
    "time": [1, 2, 3, 4, 6, 8, 9, 11, 12, 15, 16, 17, 19, 20],
    "amount": [40.0, 10, 5, 80, 25, 70, 15, 60, 20, 5, 90, 35, 100, 50],
    "currency": ["chf", "usd"] * 7,
    "kind": [*["shop", "food", None] * 4, "shop", "shop"],
}
events = pd.DataFrame(columns).rename_axis("event")
users = pd.DataFrame({"user": [1, 2, 2, 8, 7, 9], "country": ["it", "ch", "ch", "it", None, None]})
users["age"] = [None, 60.0, 30.0, 50.0, None, 45.0]
rates = pd.DataFrame({"currency": ["chf", "usd"] * 3, "time": [0, 0, 7, 8, 14, 15]})
rates["rate"] = [1.0, 0.5, 4.0, 0.25, 2.0, 0.125]
limits = pd.DataFrame({"country": ["it", "it", "ch"], "kind": ["food", "shop", "shop"], "limit": [30, 20, 10]})

table = make_features(events, users, rates, limits)
print("rows:", len(table), f"of {len(set(table.index))} different events")
print("columns:", table.shape[1])
by_time = table.sort_values("time")
for name in ("amount", "mean", "elapsed", "since_first", "repeats", "age", "limit"):
    print(f"{name}:", ", ".join(f"{value:.3g}" for value in by_time[name].astype(float)))
print("ages filled:", fill_ages(users)["age"].tolist())
early = events[events["time"] < 10]
same = history(early).equals(history(events).loc[early.index])
print("history without the later events:", "as before" if same else "others")
alone = events[events["user"] == 3]
same = history(alone).equals(history(events).loc[alone.index])
print("history of a user alone:", "as before" if same else "others")
print("rows of the two parts:", *(sorted(part.index.tolist()) for part in split_last(table)))
