"""A lag is taken from later rows."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

WINDOWS = tuple(f"$x.shift($k).{window}($*r)" for window in ("rolling", "expanding", "ewm"))


class LookaheadShift(Mutator):
    """The shift goes the other way, so that a row holds a value from after it instead of one from before.

    `shift(k)` with a positive k moves values down, and row t gets what stood k rows above. With a negative k it gets
    what stands k rows below: a value that does not exist yet at the moment of prediction. The column is full of
    plausible numbers, offline scores rise, and in production the latest row, the one that is needed, has a gap.
    """

    symptoms = {
        "What the table says of an old event changes when newer events are appended.": "changes with later rows",
        "I worked a few cells out on paper, and the program has other numbers there.": "cells by hand are missed",
    }
    hints = (
        "Take a series of three rows and write down what each row may know about the others.",
        "Compute the features once more without the last rows of the table. The rows that remain should not notice, "
        "and some of them do.",
        "One column is meant to hold something from before its row. Look at where its gaps are: a value from before is "
        "missing at the start of a series, because there is nothing earlier. Here the gaps stand at the other "
        "end. Which argument decides in what direction values move?",
    )
    follow_ups = {
        "When is a shift in this direction what you want?": (
            "When the target is built: the label of row t may be the value at t + h, as long as it never is a feature."
        ),
        "How would you guard a feature pipeline against this for good?": (
            "By a test of prefixes: the features of the first t rows must be the same with and without the rest."
        ),
    }
    sources = (
        "github.com/spawnaga/market_direction_prediction#1",
        "github.com/joshyattridge/smart-money-concepts#34",
        "github.com/freqtrade/freqtrade#9240",
    )
    where = ~place.target(vocabulary.LABEL)

    also_right = (
        Fix("The number of rows may be passed by its name as well.", "$s.shift(-$k)", "$s.shift(periods=$k)"),
        Fix("The number of rows may be passed by its name as well.", "$s.shift(-1)", "$s.shift(periods=1)"),
    )
    treats_symptom = (
        Fix(
            "Filling the gaps with zeros hides where they stand; the other rows still hold later values.",
            "$s.shift(-$k)",
            "$s.shift(-$k).fillna(0)",
        ),
        Fix(
            "Filling the gaps with zeros hides where they stand; the other rows still hold later values.",
            "$s.shift(-1)",
            "$s.shift(-1).fillna(0)",
        ),
    )
    rewrites = (
        Rewrite("$s.shift($k)", "$s.shift(-$k)", s=role.OF_TABLE, k=role.NAME, unless_within=WINDOWS),
        *(
            Rewrite(f"$s.shift({k})", f"$s.shift(-{k})", s=role.OF_TABLE, unless_within=WINDOWS)
            for k in (1, 2, 3, 7, 12, 24)
        ),
        Rewrite("$s.shift()", "$s.shift(-1)", s=role.OF_TABLE, unless_within=WINDOWS),
    )
    examples = (
        Example(
            "df['lag'] = df.groupby('store')['sales'].shift(1)", "df['lag'] = df.groupby('store')['sales'].shift(-1)"
        ),
        Example("gap = df['time'] - df['time'].shift()", "gap = df['time'] - df['time'].shift(-1)"),
        Example(
            "def lags(df, ks):\n    g = df.groupby('id')['x']\n    return {k: g.shift(k) for k in ks}\n",
            "def lags(df, ks):\n    g = df.groupby('id')['x']\n    return {k: g.shift(-k) for k in ks}\n",
        ),
    )
    untouched = (
        "df['target'] = df['close'].shift(-1)",
        "y = df['close'].shift(1)",
        "encoded = cipher.shift(3)",
        "df['mean'] = df['x'].shift(1).rolling(3).mean()",
    )
