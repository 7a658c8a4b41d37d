"""Two tables are joined on a part of the key."""

from bugforge import Example, Fix, Mutator, Rewrite


class MergeIncompleteKey(Mutator):
    """One of the columns that together name a row of the other table is left out of the join.

    Where an entry belongs to a pair, such as a country and a kind, one half of the pair fits several entries. Each
    left row is then joined with all of them, most of which are about something else. A column of one name in both
    tables that is not joined on is kept twice, with the suffixes `_x` and `_y`: a trace that is easily overlooked.
    """

    symptoms = {
        "There are more rows than events, and an event comes with several answers.": "rows are lost or doubled",
    }
    hints = (
        "Compare the columns and the number of rows before and after each join.",
        "Take one event and list every row of the result that carries its number. In what do these rows differ, and "
        "which of them is the true one?",
        "A table that is looked up has one row for each combination of certain columns. Write down what identifies a "
        "row of it, in words, and then look at what the two tables are compared on. If fewer columns are compared "
        "than it takes to identify a row, each comparison succeeds too often.",
    )
    follow_ups = {
        "What do the suffixes `_x` and `_y` in a result tell you?": (
            "That a column is in both tables and was not joined on. Sometimes that is wanted; more often it was a part "
            "of the key."
        ),
        "How large can the result become?": (
            "As large as the product of the numbers of rows for each value of the key that is left: with one value "
            "only, the product of the two tables."
        ),
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "Columns of the same names on both sides may be named on each side by itself.",
            "$a.merge($b, on='country', how='left')",
            "$a.merge($b, left_on=['country', 'kind'], right_on=['country', 'kind'], how='left')",
        ),
    )
    treats_symptom = (
        Fix(
            "There is one row an event again, with an entry that is about any kind.",
            "$a.merge($b, on='country', how='left')",
            "$a.merge($b.drop_duplicates('country'), on='country', how='left')",
        ),
        Fix(
            "Without the second column in the table the names look right, and the rows are still too many.",
            "$a.merge($b, on='country', how='left')",
            "$a.merge($b.drop(columns='kind'), on='country', how='left')",
        ),
    )
    rewrites = (
        Rewrite("$a.merge($b, on=[$k, $l], $*r)", "$a.merge($b, on=$k, $*r)"),
        Rewrite("$a.merge($b, on=[$k, $l, $m], $*r)", "$a.merge($b, on=[$k, $l], $*r)"),
        Rewrite("pd.merge($a, $b, on=[$k, $l], $*r)", "pd.merge($a, $b, on=$k, $*r)"),
        Rewrite("$a.merge($b, left_on=[$k, $l], right_on=[$m, $n], $*r)", "$a.merge($b, left_on=$k, right_on=$m, $*r)"),
    )
    examples = (
        Example("out = a.merge(b, on=['user', 'day'], how='left')", "out = a.merge(b, on='user', how='left')"),
        Example(
            "import pandas as pd\ndf = pd.merge(sales, prices, on=['sku', 'store'])\n",
            "import pandas as pd\ndf = pd.merge(sales, prices, on='sku')\n",
        ),
        Example(
            "out = a.merge(b, left_on=['id', 'year'], right_on=['key', 'season'])",
            "out = a.merge(b, left_on='id', right_on='key')",
        ),
    )
    untouched = (
        "out = a.merge(b, on='user')",
        "out = a.merge(b, on=['user'], how='left')",
        "totals = df.groupby(['user', 'day'])['x'].sum()",
    )
