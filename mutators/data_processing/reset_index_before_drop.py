"""Rows that were chosen are numbered anew, and then their numbers are used to take them out."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, role

CHOSEN = role.like("$d.loc[$r]", "$d.iloc[$r]", "$d.sample($*a)", "$d.nlargest($*a)", "$d.head($*a)", "$d.tail($*a)")


class ResetIndexBeforeDrop(Mutator):
    """The chosen rows get the labels 0, 1, 2, ... before the rows with the same labels are dropped from the table.

    Dropping works by label. After the index was reset, the labels of the part say nothing about where its rows came
    from, and as many rows as it has go from the table that happen to have small numbers. The two parts overlap, other
    rows are in neither, and where the table has no such labels there is a KeyError. Sizes are right all the while.
    """

    symptoms = {
        "The same events are in both parts, and others are in none.": "rows are lost, or in two parts",
    }
    hints = (
        "Are there rows that are in both parts? Are there some in neither?",
        "Follow one row that is held out, under its label, through every line until both parts are returned.",
        "The one part consists of chosen rows, the other of all that are left. The second is found by naming those "
        "that are to go. Under which names do they stand in the table, and under which names are they asked to go? "
        "Compare the index that is used with the index of the table, for one row that you know.",
    )
    follow_ups = {
        "Why do the sizes of the parts not show it?": (
            "As many rows are dropped as are chosen, only others. Compare the rows themselves, or the "
            "union of the parts."
        ),
        "When may an index be reset?": (
            "When nothing will be looked up by the old labels any more: at the very end, for both parts."
        ),
    }
    sources = ("github.com/abhimishra91/transformers-tutorials#7",)

    also_right = (
        Fix(
            "Without new numbers the labels of both tables are the same; drop finds the right rows.",
            "$part = $chosen.reset_index(drop=True)",
            "$part = $chosen.copy()",
        ),
    )
    treats_symptom = (
        Fix(
            "Numbering the table as well makes the labels exist, and the wrong rows are dropped without an error.",
            "$rest = $table.drop($part.index)",
            "$rest = $table.reset_index(drop=True).drop($part.index)",
        ),
        Fix(
            "Ignoring labels that are not found hides the error where there is one.",
            "$rest = $table.drop($part.index)",
            "$rest = $table.drop($part.index, errors='ignore')",
        ),
    )
    rewrites = tuple(
        Rewrite(
            f"$part = $chosen\n$rest = $table.drop({rows}){end}{later}",
            f"$part = $chosen.reset_index(drop=True)\n$rest = $table.drop({rows}){end}{gap}",
            chosen=CHOSEN,
        )
        for rows in ("$part.index", "index=$part.index")
        for end in ("", ".reset_index(drop=True)")
        for later, gap in (("\n...\n$part = $part.reset_index(drop=True)", "\n..."), ("", ""))
    )
    examples = (
        Example(
            "def split(df):\n    train = df.sample(frac=0.8)\n    val = df.drop(train.index)\n    return train, val\n",
            "def split(df):\n    train = df.sample(frac=0.8).reset_index(drop=True)\n    val = df.drop(train.index)\n"
            "    return train, val\n",
        ),
        Example(
            "train = df.sample(frac=size)\nval = df.drop(train.index).reset_index(drop=True)\n"
            "train = train.reset_index(drop=True)\n",
            "train = df.sample(frac=size).reset_index(drop=True)\nval = df.drop(train.index).reset_index(drop=True)\n",
        ),
        Example(
            "test = df.tail(30)\ntrain = df.drop(index=test.index)\n",
            "test = df.tail(30).reset_index(drop=True)\ntrain = df.drop(index=test.index)\n",
        ),
        Example(
            "held = df.loc[df.groupby('u')['t'].idxmax()]\nrest = df.drop(held.index)\n",
            "held = df.loc[df.groupby('u')['t'].idxmax()].reset_index(drop=True)\nrest = df.drop(held.index)\n",
        ),
    )
    untouched = (
        "test = df[mask]\ntrain = df[~mask]\n",
        "train = df.sample(frac=0.8)\nval = other.head(9)\n",
        "rest = df.drop(columns=['x'])\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        seen: set[cst.CSTNode] = set()
        for change in super().mutate(code):  # with a reset behind the drop, the move comes first
            if change.node not in seen:
                seen.add(change.node)
                yield change
