"""The labels of rows are used as their positions."""

from bugforge import Example, Fix, Mutator, Rewrite, role

LABELS = role.like("$x.idxmax($*r)", "$x.idxmin($*r)", "$x.index", "$x.index[$i]")


class LabelTakenForPosition(Mutator):
    """Rows are picked by counting from the top, with numbers that are the names of rows.

    `iloc` counts, `loc` looks up. What `idxmax` and `index` give are labels. As long as a table is numbered 0, 1, 2,
    ... from top to bottom both are the same, and so they are in most small examples. After a filter, a shuffle or a
    join the row with the label 7 is no longer the eighth one, and other rows than the chosen ones come back, or an
    IndexError.
    """

    symptoms = {
        "The rows that were picked out are not the ones that were asked for.": "rows are lost, or in two parts",
    }
    hints = (
        "Try a table whose row labels are 7, 3 and 5.",
        "Compare each row that is picked with the row that should be: do you find a rule in where it comes from?",
        "There are two ways to say which row of a table is meant: by its place, counted from the top, and by its name "
        "in the index. Find the expression that computes which rows to take, say which of the two it returns, and "
        "then read how the table is asked for these rows.",
    )
    follow_ups = {
        "Why does it pass on a fresh table?": (
            "Fresh tables are numbered from 0 in order, so that label and place are equal. Test with a shuffled one."
        ),
        "What gives positions where this gives labels?": (
            "`argmax` in the place of `idxmax`, and `np.flatnonzero` of a mask. They go with `iloc`."
        ),
    }
    sources = ("github.com/yandexdataschool/Practical_RL#406",)

    also_right = (
        Fix(
            "The rows that have the latest time of their group can be told by comparison.",
            "$d.iloc[$d.groupby($k)[$c].idxmax()]",
            "$d[$d[$c] == $d.groupby($k)[$c].transform('max')]",
        ),
    )
    treats_symptom = (
        Fix(
            "Numbers that are too large for the table are brought back into it, and pick another row.",
            "$d.iloc[$d.groupby($k)[$c].idxmax()]",
            "$d.iloc[$d.groupby($k)[$c].idxmax() % len($d)]",
        ),
        Fix(
            "Sorting by label helps where the labels are 0, 1, 2, ... without a gap, and not elsewhere.",
            "$d.iloc[$d.groupby($k)[$c].idxmax()]",
            "$d.sort_index().iloc[$d.groupby($k)[$c].idxmax()]",
        ),
    )
    rewrites = (Rewrite("$d.loc[$rows]", "$d.iloc[$rows]", rows=LABELS),)
    examples = (
        Example("best = df.loc[df['score'].idxmax()]", "best = df.iloc[df['score'].idxmax()]"),
        Example(
            "last = events.loc[events.groupby('user')['time'].idxmax()]",
            "last = events.iloc[events.groupby('user')['time'].idxmax()]",
        ),
        Example("same = prices.loc[chosen.index]", "same = prices.iloc[chosen.index]"),
    )
    untouched = (
        "row = df.iloc[df['score'].argmax()]",
        "part = df.loc[df['age'] > 3]",
        "value = df.loc[df['score'].idxmax(), 'name']",
    )
