"""A join meets several rows with one key and gives them all."""

import libcst as cst

from bugforge import Code, Example, Fix, Mutator, Rewrite, Term, fact, role


def _before_deduplication(code: Code, table: Term) -> str | None:
    """`b` of a name that was bound to b.drop_duplicates(...)."""
    binding = code.scopes.binding(table.value, table.node) if table.kind == "name" and table.node else None
    call = binding.value if binding else None
    if not isinstance(call, cst.Call) or not isinstance(call.func, cst.Attribute):
        return None
    return code.program.text(call.func.value) if call.func.attr.value == "drop_duplicates" else None


RAW = fact.Fact("b", _before_deduplication)


class MergeFanOut(Mutator):
    """The table that is looked up has a key more than once, and each row with that key comes back as often.

    A join pairs every left row with every right row of its key. Two entries for a user turn each of the user's events
    into two, with the same event number and different contents. Sums and counts grow, users with much paperwork weigh
    more than others, and copies of one event may end up on both sides of a split.
    """

    symptoms = {
        "There are more rows in the result than I put in.": "rows are lost or doubled",
    }
    hints = (
        "Is each row of the first table in the result exactly once?",
        "Look at the keys of the table that is looked up. Count how often the most frequent of them occurs.",
        "A row that was one before is two afterwards, and only for certain keys. What do these keys have in common in "
        "the other tables? Ask which of their entries is the valid one according to the task, and at which point of "
        "the program the others should have been left behind.",
    )
    follow_ups = {
        "Which argument of merge would have raised an error here?": (
            "`validate='many_to_one'`: it checks that the keys of the right table are unique."
        ),
        "Is it enough to drop duplicates after the join?": (
            "Only by the number of the event, and then it is chance, or the order of the rows, that decides which "
            "entry survives. Complete copies are not what a join makes: they differ in the columns of the right "
            "table."
        ),
    }
    sources = ("github.com/precimed/python_convert#26",)

    loses_draws = True  # the call that drops the copies has no other effect

    also_right = (
        Fix(
            "The last row of each key can be found by grouping as well.",
            "$a.merge($b, on='user', how='left')",
            "$a.merge($b.groupby('user', as_index=False).nth(-1), on='user', how='left')",
        ),
    )
    treats_symptom = (
        Fix(
            "Equal rows are no problem; the entries of one user that differ are, and they are all kept.",
            "$a.merge($b, on='user', how='left')",
            "$a.merge($b.drop_duplicates(), on='user', how='left')",
        ),
        Fix(
            "The number of rows is right again, and it is the oldest entry that survives.",
            "$a.merge($b, on='user', how='left')",
            "$a.merge($b.drop_duplicates('user'), on='user', how='left')",
        ),
    )
    rewrites = (
        Rewrite("$a.merge($b.drop_duplicates($*k), $*r)", "$a.merge($b, $*r)"),
        Rewrite("$a.merge($b, $*r)", "$a.merge($raw, $*r)", b=role.NAME, raw=RAW),
        Rewrite("pd.merge($a, $b.drop_duplicates($*k), $*r)", "pd.merge($a, $b, $*r)"),
    )
    examples = (
        Example("out = a.merge(b.drop_duplicates('k'), on='k', how='left')", "out = a.merge(b, on='k', how='left')"),
        Example(
            "def price(sales, prices):\n    newest = prices.drop_duplicates('sku', keep='last')\n"
            "    return sales.merge(newest, on='sku')\n",
            "def price(sales, prices):\n    return sales.merge(prices, on='sku')\n",
        ),
        Example(
            "import pandas as pd\nout = pd.merge(a, b.drop_duplicates(subset=['k']), on='k')\n",
            "import pandas as pd\nout = pd.merge(a, b, on='k')\n",
        ),
    )
    untouched = (
        "rows = df.drop_duplicates()",
        "out = a.merge(b, on='k', how='left')",
        "out = a.drop_duplicates('k').merge(b, on='k')",
    )
