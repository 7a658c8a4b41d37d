"""A zero stands where nothing is known."""

from collections.abc import Iterator

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, role


class EmptyColumnFiller(Mutator):
    """What is missing becomes a 0, which from then on counts as a measurement.

    A missing value is left out of means and quantiles, is found by `isna` and can be filled later on. A zero is a
    number like any other: it draws the mean towards itself, and no later step can tell it from a true 0.
    The column looks complete all the while.
    """

    symptoms = {
        "Rows for which nothing was known have a 0, as if it had been measured.": "cells by hand are missed",
        "Where the column had gaps, it has zeros now.": "gaps are filled otherwise",
    }
    hints = (
        "Count what is missing before and after each step: where does the number go down, and should it?",
        "Look at the smallest values of each column in the result, and ask of each whether it was measured or made up.",
        "Some value of the input is not known, or is declared not to be. Follow one such cell through the program: "
        "what stands for it at first, what is put in its place, and which later steps take a mean, a quantile or a "
        "flag of the column. Each of these needs to know that the cell was empty.",
    )
    follow_ups = {
        "When is 0 the right filler?": (
            "When absence means none: no purchases this month, no children given. Then 0 is the value, and "
            "that it was missing says nothing more."
        ),
        "What does a column of zeros do to the standard deviation?": (
            "It grows if the zeros are far from the mean and shrinks if they are near; either way it is that of a "
            "mixture of two things."
        ),
    }
    sources = ("github.com/guipsamora/pandas_exercises#82",)

    also_right = (
        Fix("None in a column of numbers is stored as NaN.", "$d.loc[$m, $c] = 0", "$d.loc[$m, $c] = None"),
        Fix("mask writes NaN where no other value is given.", "$d.loc[$m, $c] = 0", "$d[$c] = $d[$c].mask($m)"),
        Fix(
            "An empty Series of floats is full of NaN.", "pd.Series(0.0, index=$i)", "pd.Series(index=$i, dtype=float)"
        ),
        Fix("The mean can be had by numpy just as well.", "$s.fillna(0)", "$s.fillna(np.nanmean($s))"),
    )
    treats_symptom = (
        Fix("A number that looks unusual is a number all the same.", "$d.loc[$m, $c] = 0", "$d.loc[$m, $c] = -1"),
        Fix(
            "A number that looks unusual is a number all the same.",
            "pd.Series(0.0, index=$i)",
            "pd.Series(-1.0, index=$i)",
        ),
        Fix("The smallest value is as arbitrary as 0.", "$s.fillna(0)", "$s.fillna($s.min())"),
    )
    rewrites = (
        Rewrite("pd.Series(np.nan, index=$i)", "pd.Series(0.0, index=$i)"),
        Rewrite("$s.fillna($s.mean())", "$s.fillna(0)"),
        Rewrite("$s.fillna($s.median())", "$s.fillna(0)"),
        Rewrite("$d.loc[$m, $c] = np.nan", "$d.loc[$m, $c] = 0", m=role.MASK),
        Rewrite("$d[$c] = np.nan", "$d[$c] = 0", c=role.LITERAL | role.NAME),
    )
    examples = (
        Example("df['score'] = np.nan", "df['score'] = 0"),
        Example("df.loc[df['age'] > 120, 'age'] = np.nan", "df.loc[df['age'] > 120, 'age'] = 0"),
        Example("df['age'] = df['age'].fillna(df['age'].median())", "df['age'] = df['age'].fillna(0)"),
        Example(
            "def rates(keys):\n    out = pd.Series(np.nan, index=keys.index)\n    out[keys == 3] = 2\n    return out\n",
            "def rates(keys):\n    out = pd.Series(0.0, index=keys.index)\n    out[keys == 3] = 2\n    return out\n",
        ),
    )
    untouched = (
        "df['total'] = 0",
        "df['gap'] = df['gap'].fillna(0)",
        "df['age'] = df['age'].fillna(typical)",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        yield from list(super().mutate(code))[:3]
