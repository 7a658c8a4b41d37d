"""Conditions are joined without the parentheses that say what belongs together."""

from bugforge import Example, Fix, Mutator, Rewrite, role


class FilterPrecedence(Mutator):
    """`&` binds before `|`, and `~` before both, so that the conditions are grouped otherwise than they are meant.

    Without parentheses, a & b | c means (a & b) | c: every row that fulfils c is taken, whatever a says. The line reads
    from left to right like the sentence it was written from, each condition in it is right, and rows that fulfil all of
    them, or none, are treated correctly.
    """

    symptoms = {
        "It takes input that it should refuse.": "refuses or accepts wrongly",
        "Rows get through that violate a condition I can see in the code.": "rows are lost or doubled",
    }
    hints = (
        "Which condition does a row violate that is kept although it should not be?",
        "Write down the truth of each condition for one wrong row, and join them by hand in the order in which Python "
        "does.",
        "Several questions are asked of each row and joined into one. Make a table of all combinations of their "
        "answers, with a column for what the task wants and one for what the program does. Where the two columns "
        "differ, look at which of the answers decided alone, and recall which of the operators is evaluated first.",
    )
    follow_ups = {
        "Why does `and` not work here?": (
            "It needs one truth value, and a Series has many: `bool` of it raises. The operators on bits work row by "
            "row, with the precedence of arithmetic."
        ),
        "How can such filters be written so that nothing depends on precedence?": (
            "A name for each condition, `isin` for alternatives of one column, or one filter after the other."
        ),
    }
    sources = ("github.com/riboviz/riboviz#214", "github.com/pandas-dev/pandas#48718")

    also_right = (Fix("Spelt out, each alternative carries the first condition.", "$a & $b | $c", "$a & $b | $a & $c"),)
    treats_symptom = (
        Fix("The conditions are only grouped in another wrong way.", "$a & $b | $c", "($a | $c) & $b"),
        Fix(
            "With all conditions required, rows are lost that fulfil one of the alternatives.",
            "$a & $b | $c",
            "$a & $b & $c",
        ),
    )
    rewrites = (
        Rewrite("$a & ($b | $c)", "$a & $b | $c", a=role.MASK, b=role.MASK, c=role.MASK),
        Rewrite("($b | $c) & $a", "$b | $c & $a", a=role.MASK, b=role.MASK, c=role.MASK),
        Rewrite("~($a | $b)", "~$a | $b", a=role.MASK, b=role.MASK),
        Rewrite("~($a & $b)", "~$a & $b", a=role.MASK, b=role.MASK),
    )
    examples = (
        Example(
            "out = df[(df['age'] > 17) & ((df['city'] == 'bern') | (df['city'] == 'basel'))]",
            "out = df[(df['age'] > 17) & (df['city'] == 'bern') | (df['city'] == 'basel')]",
        ),
        Example(
            "bad = df['x'].isna()\nfar = df['x'] > 9\nkept = df[~(bad | far)]\n",
            "bad = df['x'].isna()\nfar = df['x'] > 9\nkept = df[~bad | far]\n",
        ),
        Example(
            "late = t > end\nhits = ((x > 3) | (y > 3)) & late\n", "late = t > end\nhits = (x > 3) | (y > 3) & late\n"
        ),
    )
    untouched = (
        "out = df[(df['age'] > 17) & (df['city'] == 'bern')]",
        "flags = READ & (WRITE | EXECUTE)",
        "out = df[~mask & other]",
    )
