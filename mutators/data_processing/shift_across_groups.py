"""Rows look back without regard to whose they are."""

import libcst as cst

from bugforge import Code, Example, Fix, Mutator, Rewrite, Term, fact, role

LOOKS_BACK = ("shift", "diff", "pct_change", "cumsum", "ffill")


def _table_behind(code: Code, group: Term) -> str | None:
    """`df` of a name that was bound to df.groupby(...)."""
    binding = code.scopes.binding(group.value, group.node) if group.kind == "name" and group.node else None
    call = binding.value if binding else None
    if not isinstance(call, cst.Call) or not isinstance(call.func, cst.Attribute) or call.func.attr.value != "groupby":
        return None
    return call.func.value.value if isinstance(call.func.value, cst.Name) else None


TABLE = fact.Fact("g", _table_behind)


class ShiftAcrossGroups(Mutator):
    """Values are moved along the whole table and not within a group, so that one group's last row feeds the next one.

    A shift, a difference, a running sum or a fill knows nothing of users: the row above is the row above, whosever it
    is. In a table sorted by user only the first rows of each user go wrong, in one sorted by time alone nearly all do.
    No error, no gap: the gaps that should mark the start of each group are filled with numbers of strangers.
    """

    symptoms = {
        "A user's numbers are not the same when I compute them for this user alone.": (
            "changes with rows of another group"
        ),
        "Where a currency or a user has nothing known yet, the table has a number all the same.": (
            "cells by hand are missed"
        ),
    }
    hints = (
        "How many gaps do you expect in a column that looks one row back, and how many are there?",
        "Take the rows of a single group, compute everything for them alone, and compare with the same rows of the "
        "full result.",
        "Some columns of the table look at the row before. For the very first row of a group there is no such row, and "
        "the result has to say so. Find a column that has a number in that place, and trace which row the number came "
        "from and to whom that row belongs.",
    )
    follow_ups = {
        "Why is it not enough to sort by user and time?": (
            "Sorting makes most neighbours belong to one user, but at each border the first row still gets the last "
            "value of the user before."
        ),
        "Which operations of pandas have to be grouped for this reason?": (
            "All that look at neighbours or at what has been so far: shift, diff, cumsum, ffill, rolling, "
            "expanding, ewm."
        ),
    }
    sources = ("github.com/business-science/timetk#58",)

    also_right = (
        Fix(
            "Grouping the column itself by the column of users is the same.",
            "return $d[$c]",
            "return $d[$c].groupby($d['user'])",
        ),
        Fix(
            "The column can be grouped by another one directly.",
            "$d['time'].shift(1)",
            "$d['time'].groupby($d['user']).shift(1)",
        ),
        Fix(
            "The column can be grouped by another one directly.",
            "$d['rate'].ffill()",
            "$d['rate'].groupby($d['currency']).ffill()",
        ),
    )
    treats_symptom = (
        Fix(
            "One gap at the top is for the first user alone; the others begin with a neighbour's value.",
            "$d['time'].shift(1)",
            "$d['time'].shift(1).where($d['time'] > $d['time'].min())",
            d=~role.GROUPED,
        ),
        Fix(
            "A limit on how far values are carried keeps them near, not within their currency.",
            "$d['rate'].ffill()",
            "$d['rate'].ffill(limit=1)",
            d=~role.GROUPED,
        ),
        Fix(
            "Sorting the other way round changes who the stranger is.",
            "$o = $d.sort_values(['user', 'time'])\nreturn $o[$c]",
            "$o = $d.sort_values(['user', 'time'], ascending=[False, True])\nreturn $o[$c]",
        ),
    )
    rewrites = (
        *(Rewrite(f"$d.groupby($k)[$c].{m}($*q)", f"$d[$c].{m}($*q)") for m in LOOKS_BACK),
        *(Rewrite(f"$g[$c].{m}($*q)", f"$d[$c].{m}($*q)", g=role.NAME, d=TABLE) for m in ("shift", "diff", "ffill")),
        Rewrite("return $d.sort_values($*s).groupby($k)[$c]", "return $d.sort_values($*s)[$c]"),
        Rewrite("$o = $d.sort_values($*s)\nreturn $o.groupby($k)[$c]", "$o = $d.sort_values($*s)\nreturn $o[$c]"),
    )
    examples = (
        Example("df['lag'] = df.groupby('id')['x'].shift(1)", "df['lag'] = df['x'].shift(1)"),
        Example(
            "def gaps(df):\n    groups = df.groupby('user')\n    return groups['time'].diff()\n",
            "def gaps(df):\n    return df['time'].diff()\n",
        ),
        Example(
            "def change(df):\n    return df.groupby('ticker')['close'].pct_change()\n",
            "def change(df):\n    return df['close'].pct_change()\n",
        ),
        Example(
            "def past(df, x):\n    ordered = df.sort_values(['id', 'day'])\n    return ordered.groupby('id')[x]\n",
            "def past(df, x):\n    ordered = df.sort_values(['id', 'day'])\n    return ordered[x]\n",
        ),
    )
    untouched = (
        "means = df.groupby('id')['x'].mean()",
        "df['lag'] = df['x'].shift(1)",
        "df['typical'] = df.groupby('id')['x'].transform('mean')",
        "last = df.groupby('id')['x'].last()",
    )
