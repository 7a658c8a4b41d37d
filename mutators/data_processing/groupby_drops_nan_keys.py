"""Rows whose key is missing belong to no group."""

from bugforge import Example, Fix, Mutator, Rewrite


class GroupbyDropsNanKeys(Mutator):
    """Grouping leaves out the rows without a key, as pandas does unless it is told to keep them.

    A missing key is information too: no country given, no kind known. With `dropna=True`, the default, such rows are in
    no group at all. Totals lose their share, and where a value is given back for each row, these rows get NaN. The sums
    of the groups no longer add up to the sum of the table, which is seldom checked.
    """

    symptoms = {
        "Rows with an empty field have nothing in the new column.": "cells by hand are missed",
        "Where the country is unknown the gaps stay open.": "gaps are filled otherwise",
    }
    hints = (
        "Which rows of the result are empty, and what do they have in common in the input?",
        "Count the rows by the column they are grouped by, the missing values included, and compare with the groups "
        "that come out.",
        "The task says what is to become of rows in which a certain field is missing. Make a small table in which "
        "half of the rows lack the field, group it as the program does, and count how many rows are in some group. "
        "The number is smaller than the length of the table, without a warning.",
    )
    follow_ups = {
        "Which other operations of pandas leave missing keys out?": (
            "`value_counts`, `pivot_table`, `crosstab` and `get_dummies` do; `merge`, on the other hand, joins missing "
            "keys with each other."
        ),
        "What is a test for this on any table?": ("Totals: the sizes of all groups must add up to the number of rows."),
    }
    sources = (
        "github.com/singularity-energy/open-grid-emissions#83",
        "github.com/The-Strategy-Unit/nhp_model#665",
        "github.com/pandas-dev/pandas#3729",
    )

    also_right = (
        Fix(
            "A word for what is missing makes it a group like any other.",
            "$d.groupby('country')",
            "$d.groupby($d['country'].fillna('no country'))",
        ),
        Fix(
            "A word for what is missing makes it a group like any other.",
            "$d.groupby(['user', 'kind'])",
            "$d.assign(kind=$d['kind'].fillna('no kind')).groupby(['user', 'kind'])",
        ),
    )
    treats_symptom = (
        Fix(
            "Zeros close the gaps and are wrong from the second such event on.",
            "$d.groupby(['user', 'kind']).cumcount()",
            "$d.groupby(['user', 'kind']).cumcount().fillna(0)",
        ),
        Fix(
            "A number for everybody closes the gaps, with a value that is not of their group.",
            "$d.groupby('country')['age'].transform('median')",
            "$d.groupby('country')['age'].transform('median').fillna($d['age'].median())",
        ),
    )
    rewrites = (
        Rewrite("$d.groupby($*k, dropna=False)", "$d.groupby($*k)"),
        Rewrite("$s.value_counts(dropna=False)", "$s.value_counts()"),
    )
    examples = (
        Example("total = df.groupby('segment', dropna=False)['x'].sum()", "total = df.groupby('segment')['x'].sum()"),
        Example("n = df.groupby(['u', 'kind'], dropna=False).cumcount()", "n = df.groupby(['u', 'kind']).cumcount()"),
        Example("share = df['kind'].value_counts(dropna=False)", "share = df['kind'].value_counts()"),
    )
    untouched = (
        "total = df.groupby('segment')['x'].sum()",
        "table = df.pivot_table(index='g', values='x', dropna=False)",
        "n = df.groupby('segment', sort=False).size()",
    )
