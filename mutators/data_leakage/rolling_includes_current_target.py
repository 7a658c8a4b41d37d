"""A summary of what came before a row has the row itself in it."""

from bugforge import Example, Fix, Mutator, Rewrite, role

WINDOWS = ("rolling", "expanding", "ewm")
UNSHIFTED = ~role.call("shift")


class RollingIncludesCurrentTarget(Mutator):
    """The values are no longer moved by one row before they are summed up, so each row's own value is among them.

    A window in pandas ends with the current row, and a cumulative sum includes it. For a feature that is to predict
    this very value, or that is to say what was known before it, the values have to be shifted by one row first, or the
    current one taken off again. Otherwise a part of the answer is in the question, the larger the shorter the window.
    """

    symptoms = {
        "For a few events I worked the features out by hand, and the table disagrees.": "cells by hand are missed",
    }
    hints = (
        "Change the amount of a single event. Which columns of its own row are allowed to move?",
        "Look at the first event of a user. There is nothing before it, so what should a summary of its past hold, and "
        "what does this one hold?",
        "A window that is computed for a row ends with that row unless something is done about it, and the same goes "
        "for running totals. Find the column that is said to describe the past alone, and ask of each number that "
        "enters it whether it was known one moment before the event happened.",
    )
    follow_ups = {
        "When may the current row be in the window?": (
            "When the column is known at the time of prediction, such as a price that is quoted before the decision, "
            "and is not what is predicted."
        ),
        "What is the effect on a model?": (
            "It learns to read the target from the feature. The validation score is too good, as it has the same leak, "
            "and the score in production is not."
        ),
    }
    sources = ("github.com/andrew-cui/mlb-game-prediction#1", "github.com/alteryx/featuretools#2731")

    also_right = (
        Fix(
            "A window that is closed on the left alone leaves the current row out as well.",
            "$s.rolling($w, min_periods=1)",
            "$s.rolling($w, min_periods=1, closed='left')",
            s=UNSHIFTED,
        ),
        Fix(
            "The mean of what came before is the running total without this row, by the number of rows before.",
            "$g.transform(lambda $v: $v.expanding().mean())",
            "$g.transform(lambda $v: $v.expanding().mean().shift(1))",
        ),
        Fix(
            "Shifted totals are those of the rows before; where nothing came before they are zero.",
            "$t = $g['amount'].cumsum()",
            "$t = $g['amount'].transform(lambda past: past.cumsum().shift(1, fill_value=0))",
        ),
    )
    treats_symptom = (
        Fix(
            "A gap in the first row is right; every other row still counts itself.",
            "$s.rolling($w, min_periods=1)",
            "$s.rolling($w, min_periods=2)",
            s=UNSHIFTED,
        ),
        Fix(
            "The first row has its gap now, and all others still count themselves.",
            "$v.expanding().mean()",
            "$v.expanding(2).mean()",
            v=UNSHIFTED,
        ),
        Fix(
            "Without the user's first amount it is another total that is wrong, from the second event on.",
            "$t = $g['amount'].cumsum()",
            "$t = $g['amount'].cumsum() - $g['amount'].transform('first')",
        ),
    )
    rewrites = (
        *(
            Rewrite(f"$s.shift({k}).{window}($*r)", f"$s.{window}($*r)", s=role.OF_TABLE)
            for k in ("1", "")
            for window in WINDOWS
        ),
        Rewrite("$s.rolling($w, closed='left')", "$s.rolling($w)", s=role.OF_TABLE),
        Rewrite("$g[$c].cumsum() - $d[$c]", "$g[$c].cumsum()"),
        Rewrite("$g.cumsum() - $d[$c]", "$g.cumsum()", g=role.like("$x.groupby($*k)[$c]")),
    )
    examples = (
        Example("df['m'] = df['y'].shift(1).rolling(7).mean()", "df['m'] = df['y'].rolling(7).mean()"),
        Example(
            "df['avg'] = df.groupby('id')['y'].transform(lambda s: s.shift().expanding().mean())",
            "df['avg'] = df.groupby('id')['y'].transform(lambda s: s.expanding().mean())",
        ),
        Example(
            "df['roll'] = df['sales'].rolling('7D', closed='left').sum()",
            "df['roll'] = df['sales'].rolling('7D').sum()",
        ),
        Example(
            "df['so_far'] = df.groupby('id')['y'].cumsum() - df['y']\n",
            "df['so_far'] = df.groupby('id')['y'].cumsum()\n",
        ),
    )
    untouched = (
        "df['m'] = df['price'].rolling(7).mean()",
        "df['lag'] = df['y'].shift(1)",
        "left = df['stock'].cumsum() - df['sold'].cumsum()",
        "df['change'] = df['y'] - df['y'].shift(1)",
    )
