"""Numbers that are still text are put in order letter by letter."""

from bugforge import Example, Fix, Mutator, Rewrite, role

AS_NUMBER = role.exactly("int", "float", "to_numeric")


class NumbersOrderedAsText(Mutator):
    """Texts are compared from the left, character by character, and so "10" comes before "9".

    Digits that were never made numbers sort, compare and find their largest like words. As long as all of them have the
    same number of digits the order is right, and so a test with the numbers 1 to 9 passes. The tenth version, the
    hundredth page or the first price of four digits then stands in the wrong place.
    """

    symptoms = {
        "The record that is picked out is not the one with the largest number.": "rows are lost or doubled",
        "It goes wrong for just those records whose numbers differ in length.": "rows are lost or doubled",
    }
    hints = (
        "For which records does it choose wrongly, and what is special about their numbers?",
        "Take two values, 9 and 10, as they stand in the input, and ask the program which is larger.",
        "Something is chosen or sorted by a column of numbers. A column looks the same in print whether it holds "
        "numbers or the digits of numbers, but the two are not ordered alike. Look up the type of the values at "
        "the moment when they are compared, and try values that differ in their number of digits.",
    )
    follow_ups = {
        "How does one order names such as file2 and file10 naturally?": (
            "Split each into letters and digits and compare the digits as integers, which is called natural sorting; "
            "or pad the numbers with zeros."
        ),
        "Where else does text pass for numbers?": (
            "A sum joins texts end to end, == never finds 9 in a column of '9', and a merge of the two types finds no "
            "partner or raises."
        ),
    }
    sources = ("github.com/pandas-dev/pandas#43680", "github.com/mher/flower#711")

    also_right = (
        Fix(
            "The key may be any function that makes numbers of a column.",
            "$t.sort_values($k)",
            "$t.sort_values($k, key=lambda texts: texts.astype(int))",
        ),
        Fix(
            "A column of numbers sorts as numbers.",
            "$t.sort_values($k)",
            "$t.loc[$t[$k].astype(float).sort_values().index]",
        ),
    )
    treats_symptom = (
        Fix(
            "A stable sort keeps the order of equal texts, and 10 still stands before 9.",
            "$t.sort_values($k)",
            "$t.sort_values($k, kind='stable')",
        ),
        Fix(
            "From the other end it is wrong for other records.",
            "$t.sort_values($k)",
            "$t.sort_values($k, ascending=False)",
        ),
    )
    rewrites = (
        Rewrite("$t.sort_values($*by, key=$n)", "$t.sort_values($*by)", n=AS_NUMBER),
        *(Rewrite(f"{f}($x, $*r, key=$n)", f"{f}($x, $*r)", n=AS_NUMBER) for f in ("sorted", "max", "min")),
        *(
            Rewrite(f"$s.astype(int).{m}()", f"$s.{m}()", s=role.OF_TABLE)
            for m in ("idxmax", "idxmin", "argsort", "rank")
        ),
    )
    examples = (
        Example("latest = max(versions, key=int)", "latest = max(versions)"),
        Example(
            "import pandas as pd\nlog = log.sort_values('step', key=pd.to_numeric)\n",
            "import pandas as pd\nlog = log.sort_values('step')\n",
        ),
        Example("pages = sorted(folder, key=int, reverse=True)", "pages = sorted(folder, reverse=True)"),
        Example("best = df.loc[df['score'].astype(int).idxmax()]", "best = df.loc[df['score'].idxmax()]"),
    )
    untouched = (
        "names = sorted(names, key=str.lower)",
        "log = log.sort_values('step')",
        "longest = max(words, key=len)",
    )
