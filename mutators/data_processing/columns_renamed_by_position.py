"""Columns get their names by their place and not by what they are called."""

from bugforge import Example, Fix, Mutator, Rewrite, role


class ColumnsRenamedByPosition(Mutator):
    """The new names are laid over the columns from left to right, in the order in which the program lists them.

    A mapping of old to new names says which column is which; its values alone do not. As long as the file has its
    columns in the order of the list, nothing is wrong. The first file that somebody has rearranged gets its prices
    under the name of its discounts, every type may still fit, and no error is raised unless the number of columns
    differs.
    """

    symptoms = {
        "A column has the values of another one.": "other columns",
    }
    hints = (
        "What does the program assume of the file that the task does not promise?",
        "Swap two columns of the input, headings included, and compare the two results name by name.",
        "The headings of a file tell which column is which, and the file may have its columns in any order. Follow one "
        "heading from the file to the name that the column has afterwards, and ask at each step whether the heading "
        "itself was looked at, or only the place where the column stood when the program was written.",
    )
    follow_ups = {
        "What should happen to a heading that nobody expects?": (
            "It should be reported: `rename` ignores names that it does not find unless errors='raise' is given."
        ),
        "Is a model safe from columns in another order?": (
            "Not if it gets an array: it multiplies by position. Select the columns by the list of names that was "
            "stored when it was fitted."
        ),
    }
    sources = ("github.com/kr-colab/locator#7",)

    also_right = (
        Fix(
            "Looked up one by one, each heading gives its own name.",
            "$t.set_axis($m.values(), axis=1)",
            "$t.set_axis([$m[heading] for heading in $t.columns], axis=1)",
        ),
    )
    treats_symptom = (
        Fix(
            "Sorting the columns makes the order predictable, and it is not that of the names.",
            "$t.set_axis($m.values(), axis=1)",
            "$t.sort_index(axis=1).set_axis($m.values(), axis=1)",
        ),
    )
    rewrites = (Rewrite("$t.rename(columns=$m)", "$t.set_axis($m.values(), axis=1)", m=role.NAME),)
    examples = (
        Example("df = df.rename(columns=NAMES)", "df = df.set_axis(NAMES.values(), axis=1)"),
        Example(
            "def tidy(raw, short):\n    return raw.rename(columns=short).dropna()\n",
            "def tidy(raw, short):\n    return raw.set_axis(short.values(), axis=1).dropna()\n",
        ),
        Example(
            "names = {'Alter': 'age', 'Ort': 'city'}\npeople = pd.read_csv(path).rename(columns=names)\n",
            "names = {'Alter': 'age', 'Ort': 'city'}\npeople = pd.read_csv(path).set_axis(names.values(), axis=1)\n",
        ),
    )
    untouched = (
        "df = df.rename(columns=str.lower)",
        "df = df.rename(index=labels)",
        "counts = counts.rename('n')",
    )
