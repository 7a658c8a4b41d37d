"""A number for each group is used as if it were one for each row."""

from bugforge import Example, Fix, Mutator, Rewrite, role

NAMES = ("mean", "median", "min", "max", "sum", "std", "count", "size", "first", "last", "nunique")


class GroupbyAggInsteadOfTransform(Mutator):
    """The result of the grouping is labelled by group, and pandas lines it up with rows by equal labels.

    An aggregation has one row a group and the key of the group as its label; a transform repeats the number for each
    row and keeps the labels of the rows. Put together with a column of the table, the former meets the rows by label:
    row 3 gets the number of group 3, if there is such a group, and otherwise NaN. That two quite different things have
    equal labels is an accident, and pandas cannot know.
    """

    symptoms = {
        "The gaps in the column are still there after they have been filled.": "gaps are filled otherwise",
        "A column is nearly empty, though there is something to say about every row.": "NaN & cells by hand are missed",
    }
    hints = (
        "How long is each of the things that are put together here, and how are its rows labelled?",
        "Print the result of the grouping by itself, then the column it meets. Compare the two indexes.",
        "Two columns are combined, and pandas does this by the labels of their rows, never by position. One of the "
        "two comes out of a grouping. What a grouping returns can have one row for each group or one row for each row "
        "of the table, depending on how it is asked; say which of these fits the other column.",
    )
    follow_ups = {
        "Why is there no error?": (
            "Columns with different labels may be combined: what is missing on one side becomes NaN. A check of the "
            "index, or `fillna` without effect, is the only sign."
        ),
        "How else can a number of the group be given to each row?": (
            "By `map`: `df['user'].map(means)` looks each row's key up in the aggregated result. Or by a "
            "join on the key."
        ),
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "The first time is the smallest one, and a transform knows both by name.",
            "$g['time'].min()",
            "$g['time'].transform('min')",
        ),
        Fix(
            "A function works as well as a name.",
            "$g['age'].median()",
            "$g['age'].transform(lambda ages: ages.median())",
        ),
    )
    treats_symptom = (
        Fix(
            "One number for all rows fits every label, but it is not that of the row's own group.",
            "$g['time'].min()",
            "$g['time'].min().min()",
        ),
        Fix(
            "One number for all rows fills every gap, with the same value in all groups.",
            "$g['age'].median()",
            "$g['age'].median().median()",
        ),
    )
    rewrites = tuple(Rewrite(f"$g.transform('{name}')", f"$g.{name}()", g=role.GROUPED) for name in NAMES)
    examples = (
        Example("df['m'] = df.groupby('g')['x'].transform('mean')", "df['m'] = df.groupby('g')['x'].mean()"),
        Example(
            "groups = df.groupby('user')\nsince = df['time'] - groups['time'].transform('min')\n",
            "groups = df.groupby('user')\nsince = df['time'] - groups['time'].min()\n",
        ),
        Example(
            "filled = df['age'].fillna(df.groupby('city')['age'].transform('median'))",
            "filled = df['age'].fillna(df.groupby('city')['age'].median())",
        ),
    )
    untouched = (
        "means = df.groupby('g')['x'].mean()",
        "image = augment.transform('max')",
        "df['lag'] = df.groupby('g')['x'].transform(lambda s: s.shift(1))",
    )
