"""Rows without a partner in the other table are lost in a join."""

from bugforge import Example, Fix, Mutator, Rewrite


class MergeHowDropsRows(Mutator):
    """The join keeps the rows alone that have a match, which is what a merge does when it is not told otherwise.

    A table that is only looked up should not decide which rows there are. With an inner join every event of a user who
    is not listed, or of a pair that has no entry, disappears. What is left is no sample of the whole: unknown users are
    new ones, missing entries are rare cases, and the model never sees either of them.
    """

    symptoms = {
        "There are fewer rows in the result than I put in.": "rows are lost or doubled",
    }
    hints = (
        "Count the rows before and after each step.",
        "Which rows of the first table have nothing to match them in the second one? Look for those in the result.",
        "Somewhere information from a second table is put beside the rows of the first. The second table does not "
        "know every key that the first one has. Decide what the row of such a key should look like afterwards, and "
        "then make an example with one key that is missing and see what happens to it.",
    )
    follow_ups = {
        "How can a join tell you what it did?": (
            "With `indicator=True` each row says whether it was matched, and a comparison of the lengths before and "
            "after is a one-line test."
        ),
        "When is an inner join right for features?": (
            "When rows without a partner are not to be predicted either, and this is written down; the same filter "
            "must then run in production."
        ),
    }
    sources = ("github.com/Casper-Guo/Armchair-Strategist#139",)

    also_right = ()  # naming the kind of join is the fix; what gives the same otherwise is a detour
    treats_symptom = (
        Fix(
            "A right join keeps the rows of the other table, whether there is an event for them or not.",
            "$a.merge($b, on=$k)",
            "$a.merge($b, on=$k, how='right')",
        ),
    )
    rewrites = (
        Rewrite("$a.merge($*r, how='left')", "$a.merge($*r)"),
        Rewrite("pd.merge($*r, how='left')", "pd.merge($*r)"),
        Rewrite("$a.join($b, on=$k)", "$a.join($b, on=$k, how='inner')"),
    )
    examples = (
        Example("out = orders.merge(customers, on='id', how='left')", "out = orders.merge(customers, on='id')"),
        Example(
            "import pandas as pd\ndf = pd.merge(a, b, on='k', how='left')\n",
            "import pandas as pd\ndf = pd.merge(a, b, on='k')\n",
        ),
        Example("full = visits.join(cities, on='city')", "full = visits.join(cities, on='city', how='inner')"),
    )
    untouched = (
        "out = a.merge(b, on='k')",
        "matched = a.merge(b, on='k', how='inner')",
        "path = os.path.join(folder, name)",
        "text = ', '.join(names)",
    )
