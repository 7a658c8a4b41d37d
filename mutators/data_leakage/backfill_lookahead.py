"""Gaps are filled from later rows."""

import libcst as cst

from bugforge import Code, Example, Fix, Mutator, Rewrite, place, role, vocabulary


def _is_in_time(code: Code, node: cst.CSTNode) -> bool:
    """Whether the function around it, or the program where there is none, speaks of time."""
    around = [part for part in code.program.ancestors(node) if isinstance(part, (cst.FunctionDef, cst.Module))]
    return vocabulary.TIME.search(code.program.text(around[0])) is not None


class BackfillLookahead(Mutator):
    """A gap gets the value that comes next in time, which nobody had at the time of the gap.

    Of a series that is ordered in time the last known value may be carried forward: whoever looks at the gap has it. To
    carry the next value backward is to look it up in the future. Where values change little from row to row the two
    look alike, and the leak is small but everywhere; after a long gap the difference is what was to be predicted.
    """

    symptoms = {
        "After a pause without values the numbers are already those from behind the pause.": "cells by hand are missed",
    }
    hints = (
        "Which value does a moment get at which nothing was known, and since when has that value been known?",
        "Put a large number right behind a gap and see in which rows of the result it can be found.",
        "A table has rows without a value, and something is put there. There are two neighbours to take it from: one "
        "had been there when the moment came, the other was still to come. Make a series of three rows with the "
        "middle one missing, the outer ones far apart, and find out from which side the middle is filled.",
    )
    follow_ups = {
        "What is to be done with gaps before the first known value?": (
            "They stay gaps, or the rows are left out, or a value from the training data before them is used; never "
            "the first value of the series itself."
        ),
        "Is interpolation between the neighbours any better?": (
            "No, it needs the later neighbour too. It is fine for a chart and a leak in a feature."
        ),
    }
    sources = ("github.com/AI4Finance-Foundation/FinRL#189", "github.com/bukosabino/ta#109")
    where = place.Place(_is_in_time) & ~place.named(vocabulary.SMOOTHING)

    also_right = (
        Fix(
            "A transform that fills each group by itself does the same.",
            "$g.bfill()",
            "$g.transform(lambda values: values.ffill())",
            g=role.GROUPED,
        ),
    )
    treats_symptom = (
        Fix(
            "Filling forward after filling backward changes the last rows alone; the gaps before them hold later "
            "values.",
            "$g.bfill()",
            "$g.transform(lambda values: values.bfill().ffill())",
            g=role.GROUPED,
        ),
        Fix(
            "An interpolated value is half made of the later neighbour.",
            "$g.bfill()",
            "$g.transform(lambda values: values.interpolate())",
            g=role.GROUPED,
        ),
    )
    rewrites = (
        Rewrite("$s.ffill($*r)", "$s.bfill($*r)"),
        Rewrite("$s.fillna(method='ffill')", "$s.fillna(method='bfill')"),
        Rewrite("$s.reindex($index, method='ffill')", "$s.reindex($index, method='bfill')"),
    )
    examples = (
        Example(
            "prices = prices.sort_values('date')\nprices['close'] = prices['close'].ffill()\n",
            "prices = prices.sort_values('date')\nprices['close'] = prices['close'].bfill()\n",
        ),
        Example(
            "def clean(df):\n    df = df.set_index('timestamp').sort_index()\n    return df.fillna(method='ffill')\n",
            "def clean(df):\n    df = df.set_index('timestamp').sort_index()\n    return df.fillna(method='bfill')\n",
        ),
        Example(
            "daily = rates.reindex(pd.date_range('2024-01-01', periods=9), method='ffill')",
            "daily = rates.reindex(pd.date_range('2024-01-01', periods=9), method='bfill')",
        ),
    )
    untouched = (
        "sheet['region'] = sheet['region'].ffill()",
        "df = df.sort_values('date')\ndf['x'] = df['x'].fillna(0)\n",
        "def smooth(series, days):\n    return series.ffill().rolling(days).mean()\n",
    )
