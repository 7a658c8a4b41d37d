"""Values are written into rows that were picked out of the table, not into the table."""

from bugforge import Example, Fix, Mutator, Rewrite, role

FRESH = ~role.has(role.like("$d.loc[$r, $c]"))


class ChainedAssignmentNoOp(Mutator):
    """Two pairs of brackets first pick rows and then a column, and the value goes into what the first pair returned.

    Picking rows with a mask makes a table of its own. The assignment changes that one, which nobody holds, and it is
    gone with the end of the line. Since pandas 3, with copy on write, this is so without exception; before, it depended
    on how the rows lay in memory. One pair of brackets on `loc`, rows and column at once, writes into the table itself.
    """

    symptoms = {
        "The values that were to be overwritten are still there.": "cells by hand are missed",
    }
    hints = (
        "Which values does the line change that you would expect to be different in the result?",
        "Take a table of three rows, one of which should change, and print the table right after the line that is "
        "meant to change it.",
        "To write into some rows of a column one has to say which rows and which column. Count in how many steps that "
        "is said here, and ask for each step whether what it gives back is the table, a view of it or a new object. "
        "An assignment changes the object that its last pair of brackets stands behind, and no other.",
    )
    follow_ups = {
        "Why did this sometimes work in older versions?": (
            "Picking a column could give a view of the table's memory, so that df['a'][mask] = 0 reached it. Picking "
            "rows by a mask has always made a copy."
        ),
        "How is it written without an assignment to a part?": (
            "With `mask` or `where`, which return a new column: df['age'] = df['age'].mask(df['age'] > 120)."
        ),
    }
    sources = ("github.com/facebook/Ax#4799", "github.com/numerai/example-scripts#105")

    also_right = (
        Fix(
            "mask gives a new column, which is put in the place of the old one.",
            "$d[$m][$c] = $v",
            "$d[$c] = $d[$c].mask($m, $v)",
        ),
    )
    treats_symptom = (
        Fix("The other order of the brackets writes into a copy as well.", "$d[$m][$c] = $v", "$d[$c][$m] = $v"),
        Fix("loc on the picked rows still writes into the picked rows.", "$d[$m][$c] = $v", "$d[$m].loc[:, $c] = $v"),
    )
    rewrites = (Rewrite("$d.loc[$m, $c] = $v", "$d[$m][$c] = $v", m=role.MASK, v=FRESH),)
    examples = (
        Example("df.loc[df['age'] > 120, 'age'] = 120", "df[df['age'] > 120]['age'] = 120"),
        Example(
            "bad = frame['price'].isna() | (frame['price'] < 0)\nframe.loc[bad, 'price'] = typical\n",
            "bad = frame['price'].isna() | (frame['price'] < 0)\nframe[bad]['price'] = typical\n",
        ),
        Example(
            "sales.loc[~sales['sku'].isin(known), 'sku'] = 'other'", "sales[~sales['sku'].isin(known)]['sku'] = 'other'"
        ),
    )
    untouched = (
        "df.loc[3, 'age'] = 120",
        "df['age'] = df['age'].clip(0, 120)",
        "for i in rows:\n    df.loc[i, 'age'] = 0\n",
        "x[x > 3] = 3",
    )
