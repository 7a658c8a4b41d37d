"""A moving window lies around its row."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary


class CenteredWindow(Mutator):
    """The window is centred, and about half of it lies behind the position for which it is computed.

    A trailing window ends with its row; a centred one takes as many rows from the one side as from the other. That is
    how a curve is smoothed for a reader. In a feature it is a look ahead: a mean over seven rows knows three of the
    rows that follow, and if values are shifted by one row first, it still reaches the row itself and two behind it.
    """

    symptoms = {
        "I averaged the last few values of a user by hand and get something else.": "cells by hand are missed",
    }
    hints = (
        "Set one single value to a million. In which rows does the average notice it?",
        "For one row in the middle, list the rows its average is made of. Are they where they should be, and how many "
        "of them are on each side?",
        "A window has a length and a position. The length is as it was asked for. As to the position: give the series "
        "a single one among zeros and look where the average rises above zero. A window over the past can only react "
        "after the one, and never at the place where it stands or before it.",
    )
    follow_ups = {
        "When is a window around a row the right choice?": (
            "For describing what is over: smoothing a chart, estimating a trend to subtract from old data. Not for "
            "what a prediction starts from."
        ),
        "How does the window treat the ends of a series?": (
            "At the end there are no rows to come, so it is shorter there, or a gap: old rows and the newest ones have "
            "features of a different kind, which a model meets in production alone."
        ),
    }
    sources = ("temporalcv.readthedocs.io/en/latest/tutorials/feature_engineering_safety.html",)
    where = ~place.named(vocabulary.SMOOTHING)

    also_right = (
        Fix(
            "Saying that a window is not centred is the same as not saying it.",
            "$s.rolling($w, min_periods=1, center=True)",
            "$s.rolling($w, min_periods=1, center=False)",
        ),
    )
    treats_symptom = (
        Fix(
            "A longer window pushes both of its ends outward, the later one too.",
            "$s.rolling($w, min_periods=1, center=True)",
            "$s.rolling(2 * $w, min_periods=1, center=True)",
        ),
        Fix(
            "Requiring a full window makes gaps at both ends and leaves the others where they are.",
            "$s.rolling($w, min_periods=1, center=True)",
            "$s.rolling($w, min_periods=$w, center=True)",
        ),
    )
    rewrites = (
        Rewrite("$s.rolling($w)", "$s.rolling($w, center=True)", s=role.OF_TABLE, w=~role.number(1)),
        Rewrite("$s.rolling($w, min_periods=$m)", "$s.rolling($w, min_periods=$m, center=True)", s=role.OF_TABLE),
        Rewrite("np.convolve($x, $k, 'full')[:$n]", "np.convolve($x, $k, 'same')"),
    )
    examples = (
        Example("df['m'] = df['x'].rolling(7).mean()", "df['m'] = df['x'].rolling(7, center=True).mean()"),
        Example(
            "df['m'] = df.groupby('id')['x'].transform(lambda s: s.shift(1).rolling(w, min_periods=1).mean())",
            "df['m'] = df.groupby('id')['x'].transform(lambda s: s.shift(1).rolling(w, min_periods=1, "
            "center=True).mean())",
        ),
        Example("mean = np.convolve(x, kernel, 'full')[:len(x)]", "mean = np.convolve(x, kernel, 'same')"),
    )
    untouched = (
        "def smooth(df):\n    return df['x'].rolling(7).mean()\n",
        "df['trend'] = df['x'].rolling(30).mean()",
        "df['m'] = df['x'].rolling(7, center=True).mean()",
        "df['same'] = df['x'].rolling(1).mean()",
    )
