"""A statistic of the past is computed over all rows, the later ones included."""

from bugforge import Example, Fix, Mutator, Rewrite, role

NAMES = ("mean", "sum", "std", "max", "min", "median", "count")


class ExpandingVsGlobalAggregate(Mutator):
    """Every row of a group gets one number, that of the whole group, instead of what had come before the row.

    An average over all events of a user is known when the last of them has happened. As a feature of the first one it
    tells about all that follow, its own value included. It looks harmless, since it is a property of the user and not
    of the event, and a model that uses it is better on every set of old data than it can be on a new one.
    """

    symptoms = {
        "What was known of an old event changes when newer ones come in.": "changes with later rows",
        "A user's past is not what I add up from the rows before the event.": ("cells by hand are missed"),
    }
    hints = (
        "Which of the columns is the same in all rows of one group, and can that be so?",
        "Cut the table off after the first half of the time and compute everything again. Nothing that is left may "
        "change by this.",
        "There is a column that should grow more certain from event to event, as more of the group becomes known. "
        "Look at the numbers it has for one group in order of time. At the first row there is nothing to go by, so "
        "what does a number in that place prove about the rows it was computed from?",
    )
    follow_ups = {
        "May a statistic of the whole training part be used for test rows?": (
            "Yes, if all of the training part lies before them. Within the training part each row needs its own past, "
            "or out-of-fold values."
        ),
        "How does this differ from target encoding in general?": (
            "It is the same leak along time: the encoding of a row must not have seen the row or what comes after it."
        ),
    }
    sources = (
        "github.com/freqtrade/freqtrade-strategies#284",
        "github.com/etna-team/etna#400",
        "github.com/sktime/pytorch-forecasting#1358",
    )

    also_right = (
        Fix(
            "Running mean first and shift second is the same as the other way round.",
            "$g.transform('mean')",
            "$g.transform(lambda past: past.expanding().mean().shift(1))",
        ),
    )
    treats_symptom = (
        Fix(
            "A mean up to the row and with it is free of later events, and still has the row's own value in it.",
            "$g.transform('mean')",
            "$g.transform(lambda past: past.expanding().mean())",
        ),
        Fix(
            "Only the first row is mended by a gap; all others still know what comes after them.",
            "$g.transform('mean')",
            "$g.transform('mean').where($g.cumcount() > 0)",
        ),
    )
    rewrites = tuple(
        Rewrite(f"$g.transform(lambda $v: {past}.{name}())", f"$g.transform('{name}')", g=role.GROUPED | role.NAME)
        for name in NAMES
        for past in ("$v.shift(1).expanding()", "$v.shift().expanding()", "$v.expanding()")
    ) + tuple(
        Rewrite(f"{past}.{name}()", f"$g[$c].transform('{name}')", g=role.GROUPED)
        for name in NAMES
        for past in ("$g[$c].shift(1).expanding()", "$g[$c].expanding()")
    )
    examples = (
        Example(
            "df['hist'] = df.groupby('u')['y'].transform(lambda v: v.shift(1).expanding().mean())",
            "df['hist'] = df.groupby('u')['y'].transform('mean')",
        ),
        Example(
            "g = df.groupby('shop')['sales']\ndf['best'] = g.transform(lambda s: s.shift().expanding().max())\n",
            "g = df.groupby('shop')['sales']\ndf['best'] = g.transform('max')\n",
        ),
        Example(
            "df['sofar'] = df.groupby('id')['x'].transform(lambda x: x.expanding().std())",
            "df['sofar'] = df.groupby('id')['x'].transform('std')",
        ),
    )
    untouched = (
        "df['typical'] = df.groupby('city')['rent'].transform('median')",
        "df['m'] = df.groupby('u')['y'].transform(lambda v: v.rolling(3).mean())",
        "curve = losses.expanding().mean()",
    )
