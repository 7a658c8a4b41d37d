"""A new Series or frame is numbered from 0, not labelled like the rows it belongs to."""

from bugforge import Example, Fix, Mutator, Rewrite, role

ARRAY = ~role.call("Series", "DataFrame") & ~role.number() & ~role.like("np.nan")  # one number has no row of its own
RESET = "reset_index(drop=True)"


class IndexMisalignment(Mutator):
    """Values are wrapped without the index of their rows, and pandas then lines them up by label.

    Without an index the labels are 0, 1, 2, ... As soon as the rows have others, after a filter, a shuffle or a split,
    an assignment or a concatenation no longer puts the i-th value into the i-th row: it goes to the row that happens to
    be labelled i, and rows without such a label get NaN. No error is raised: an assignment keeps the length, and a
    concatenation gains a row for each label without a partner.
    """

    symptoms = {
        "The new column is full of gaps, and from there the weights are NaN.": "NaN & other weights",
    }
    hints = (
        "Try a frame whose row labels are 7, 3 and 5.",
        "Compare the labels of everything that is put side by side.",
        "Which labels does a Series get when none are given?",
    )
    follow_ups = {
        "Why does a test on a fresh frame pass?": (
            "Its labels are 0, 1, 2, ... as well. Use rows that were filtered or shuffled."
        ),
        "When is plain position wanted, and how is it written?": (
            "When both sides are known to be in one order: assign an array, frame['p'] = values.to_numpy(), which "
            "has no labels to be lined up by."
        ),
    }
    sources = ("github.com/pandas-dev/pandas#43079",)

    also_right = (
        Fix(
            "The row labels may as well be put on afterwards, by position.",
            "return pd.Series(encoded)",
            "return pd.Series(encoded).set_axis(keys.index)",
        ),
    )
    treats_symptom = (
        Fix(
            "reindex looks the values up by label: the order is that of the rows, the values are not.",
            "return pd.Series(encoded)",
            "return pd.Series(encoded).reindex(keys.index)",
        ),
        Fix(
            "Dropping what has a gap loses rows, and those that are left have the rates of other rows.",
            "pd.concat([numbers, indicators, $rate], axis=1)",
            "pd.concat([numbers, indicators, $rate], axis=1).dropna()",
        ),
    )
    rewrites = (
        Rewrite("pd.Series($values, index=$rows.index, $*how)", "pd.Series($values, $*how)", values=ARRAY),
        Rewrite("pd.DataFrame($values, index=$rows.index, $*how)", "pd.DataFrame($values, $*how)", values=ARRAY),
        Rewrite(
            f"pd.concat([$left.{RESET}, $right.{RESET}], axis=1)",
            f"pd.concat([$left.{RESET}, $right], axis=1)",
        ),
    )
    examples = (
        Example("df = df.assign(p=pd.Series(p, index=df.index))", "df = df.assign(p=pd.Series(p))"),
        Example(
            "Z = pd.DataFrame(scaled, columns=X.columns, index=X.index)",
            "Z = pd.DataFrame(scaled, columns=X.columns)",
        ),
        Example(
            "both = pd.concat([a.reset_index(drop=True), b.reset_index(drop=True)], axis=1)",
            "both = pd.concat([a.reset_index(drop=True), b], axis=1)",
        ),
    )
    untouched = (
        "prices = pd.Series(values, index=days)",
        "s = pd.Series(values)",
        "sparse = pd.Series(pd.Series(values), index=df.index)",
        "rows = pd.concat([a, b], axis=1)",
        "scores = pd.Series(np.nan, index=df.index)",
    )
