"""A method that returns something new is called as if it changed what it is called on."""

from bugforge import Example, Fix, Mutator, Rewrite, role

TABLES = (
    "dropna fillna drop rename replace sort_values reset_index astype drop_duplicates set_index assign sort_index mask "
    "where ffill bfill"
).split()
TEXTS = "strip lower upper replace".split()
HERE = ~role.keyword("inplace")


class ResultNotAssigned(Mutator):
    """The result of the call is thrown away, and everything after it works on what was there before.

    Methods of tables, columns and texts hand back a new object and leave the old one alone. A call whose value nobody
    keeps does its work for nothing, without an error or a warning. In a notebook it even looks right, because the value
    of the last line is shown.
    """

    symptoms = {
        "Some step leaves no trace: its input goes on as it was.": "cells by hand are missed",
        "Rows are in the result that had to be dropped.": "rows are kept twice",
        "The gaps that were to be filled are still open.": "NaN & gaps are filled otherwise",
        "The rows of the result are not those that were asked for.": "rows are lost or doubled",
    }
    hints = (
        "Which of the steps of the task can you see no effect of in the result?",
        "Print the object before and after each line that is meant to change it, and find the line that leaves it as "
        "it was.",
        "Every step of this kind of cleaning returns its result. Go through the lines one by one and say what becomes "
        "of the value of each: kept under a name, returned, passed on. A line that does its work and hands the value "
        "to nobody changes nothing, and what follows goes on with the old object.",
    )
    follow_ups = {
        "Would inplace=True have been better?": (
            "It changes the object that the caller holds as well, returns None, saves hardly any memory, and has no "
            "effect on a part that was cut out of a table. Assigning is safer."
        ),
        "Which tool finds such a line?": (
            "A linter that knows which methods have no side effect: dslinter has a rule for those of pandas. A test of "
            "the state after each step finds all of them."
        ),
    }
    sources = ("github.com/renewables-ninja/gsee#2",)

    also_right = (
        Fix(
            "The stripped text need not have a name, if the next step starts from it.",
            "$x.str.strip()\nreturn $x.str.replace($*how)",
            "return $x.str.strip().str.replace($*how)",
        ),
        Fix(
            "The table itself knows how to fill a column by name.",
            "$x[$c].fillna($v[$c])",
            "$x = $x.fillna({$c: $v[$c]})",
        ),
        Fix("The same rows can be chosen by a question.", "$x.dropna(subset=[$c])", "$x = $x[$x[$c].notna()]"),
    )
    treats_symptom = (
        Fix(
            "A zero closes every gap and is not the value that was chosen for the column.",
            "$x[$c].fillna($v[$c])",
            "$x[$c] = $x[$c].fillna(0)",
        ),
        Fix(
            "At the end alone the spaces are gone, at the beginning they are still there.",
            "$x.str.strip()\nreturn $x.str.replace($*how)",
            "return $x.str.rstrip().str.replace($*how)",
        ),
        Fix(
            "Something in the place of what is missing hides the gap, and the row stays.",
            "$x.dropna(subset=[$c])",
            "$x = $x.fillna({$c: '0'})",
        ),
    )
    rewrites = (
        *(Rewrite(f"$x = $x.{m}($*how)", f"$x.{m}($*how)", x=role.NAME, how=HERE) for m in TABLES),
        *(Rewrite(f"$d[$c] = $d[$c].{m}($*how)", f"$d[$c].{m}($*how)", how=HERE) for m in TABLES),
        *(Rewrite(f"$x = $x.str.{m}($*how)", f"$x.str.{m}($*how)", x=role.NAME) for m in TEXTS),
        *(Rewrite(f"$d[$c] = $d[$c].str.{m}($*how)", f"$d[$c].str.{m}($*how)") for m in TEXTS),
    )
    examples = (
        Example(
            "def load(df):\n    df = df.dropna()\n    return df.to_numpy()\n",
            "def load(df):\n    df.dropna()\n    return df.to_numpy()\n",
        ),
        Example(
            "df['city'] = df['city'].str.lower()\nprint(df.head())\n", "df['city'].str.lower()\nprint(df.head())\n"
        ),
        Example(
            "def ages(frame, typical):\n    frame['age'] = frame['age'].fillna(typical)\n    return frame\n",
            "def ages(frame, typical):\n    frame['age'].fillna(typical)\n    return frame\n",
        ),
    )
    untouched = (
        "def load(df):\n    df.dropna(inplace=True)\n    return df\n",
        "filled = df.fillna(0)",
        "x = x.reshape(-1, 1)",
        "names = sorted(names)",
    )
