"""Of several versions of a record the oldest one stays."""

from bugforge import Example, Fix, Mutator, Rewrite


class DedupeKeepsFirst(Mutator):
    """Rows with the same key are versions of one record, and the first of them is kept where the last one counts.

    Dropping duplicates keeps the first row of each key unless it is told otherwise. With exact copies that makes no
    difference. With revisions it is the one that has been superseded: corrected prices, new addresses and cancellations
    are thrown away, and what remains is a consistent table of old values.
    """

    symptoms = {
        "Of a record with several versions the result has an old one.": "rows are lost or doubled",
    }
    hints = (
        "Pick a key that occurs several times. Which of its rows is left at the end?",
        "Of a key with three rows, compare the one that is kept with the two that are dropped, and with what the task "
        "says about them.",
        "Several rows share a key, and one is to stay. Two things decide which: the order in which the rows stand at "
        "that moment, and which end of each run of equal keys survives. Read the two separately, for a key with three "
        "rows, and do not trust that the default of a method is the one that this order asks for.",
    )
    follow_ups = {
        "Which check would have shown it?": (
            "After the step no kept row may be older than a dropped one of its key: compare with the maximum by group."
        ),
        "When does it make no difference which row is kept?": (
            "When the rows of a key are equal in all columns. That is worth an assertion; nearly equal rows are the "
            "rule."
        ),
    }
    sources = ("github.com/codeforboston/clean-slate-data#195",)

    also_right = (
        Fix(
            "The last row of each group is the same one.",
            "$t.drop_duplicates($k)",
            "$t.groupby($k).tail(1)",
        ),
        Fix(
            "Turned upside down, the table has the wanted row first.",
            "$t.drop_duplicates($k)",
            "$t.iloc[::-1].drop_duplicates($k)",
        ),
    )
    treats_symptom = (
        Fix(
            "Without any row of a repeated key nothing old is left, and nothing new either.",
            "$t.drop_duplicates($k)",
            "$t.drop_duplicates($k, keep=False)",
        ),
        Fix(
            "Equal rows alone are dropped now, so that a key can stay several times.",
            "$t.drop_duplicates($k)",
            "$t.drop_duplicates()",
        ),
    )
    rewrites = (
        Rewrite("$t.drop_duplicates($*how, keep='last')", "$t.drop_duplicates($*how)"),
        Rewrite("$t.duplicated($*how, keep='last')", "$t.duplicated($*how)"),
        Rewrite("$t.sort_values($*by).groupby($k).tail(1)", "$t.sort_values($*by).groupby($k).head(1)"),
        Rewrite("$t.sort_values($*by).groupby($k).last()", "$t.sort_values($*by).groupby($k).first()"),
    )
    examples = (
        Example("users = users.drop_duplicates('id', keep='last')", "users = users.drop_duplicates('id')"),
        Example(
            "latest = df.sort_values('ts').drop_duplicates(subset=['id'], keep='last')",
            "latest = df.sort_values('ts').drop_duplicates(subset=['id'])",
        ),
        Example("old = log.duplicated(['user', 'day'], keep='last')", "old = log.duplicated(['user', 'day'])"),
        Example("now = df.sort_values('t').groupby('id').tail(1)", "now = df.sort_values('t').groupby('id').head(1)"),
    )
    untouched = (
        "df = df.drop_duplicates()",
        "df = df.drop_duplicates('id', keep=False)",
        "ends = df.groupby('id').tail(1)",
    )
