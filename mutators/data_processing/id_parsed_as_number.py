"""Columns of digits are read as numbers, and ids lose the zeros in front."""

from bugforge import Example, Fix, Mutator, Rewrite, role

NAMES = ("str", "string", "object")
TEXT = role.exactly("str", "object") | role.that(lambda term: term.kind == "string" and term.value[1:-1] in NAMES)


class IdParsedAsNumber(Mutator):
    """Nothing says that the values are text, so a type is guessed for each column, and for digits it is a number.

    An id looks like a number and is none. Read as one, "007" becomes 7, and "07" becomes 7 as well: two records share a
    key from then on, and a join with a table that kept the zeros finds no partner. With a gap in the column the ids
    even become floats. What was lost cannot be had back from the column.
    """

    symptoms = {
        "The ids in the result are shorter than those in the file.": "values have another type",
        "Two records of the file have become one.": "values have another type & rows are lost or doubled",
    }
    hints = (
        "Compare a few keys of the result, character by character, with the file they came from.",
        "Print the dtypes of the table directly after it was read, and say for each column whether one may add up its "
        "values.",
        "A text file has no types, so whoever reads it decides on them, column by column. Go through the columns and "
        "say which of them are quantities and which are names that happen to be written in digits. Then look at what "
        "the program tells the reader about them, and think of a name that starts with a zero.",
    )
    follow_ups = {
        "Can the zeros be put back afterwards?": (
            "With `zfill`, where all ids have one known length. Where lengths differ, 7 may have been 07 or 007."
        ),
        "Why do ids turn into 7.0 in some files?": (
            "A column of integers with a gap is read as floats, as NaN is a float, and its text form gets a decimal "
            "point."
        ),
    }
    sources = (
        "github.com/datadesk/california-coronavirus-data#10",
        "github.com/DOI-USGS/dataretrieval-python#311",
        "github.com/catalyst-cooperative/pudl#404",
    )

    also_right = (
        Fix(
            "The type object leaves every value the text it is.",
            "pd.read_csv($f, $*how)",
            "pd.read_csv($f, $*how, dtype=object)",
        ),
    )
    treats_symptom = (
        Fix(
            "The zeros are gone before the values are made text again.",
            "pd.read_csv($f, $*how)",
            "pd.read_csv($f, $*how).astype(str)",
        ),
    )
    rewrites = (
        Rewrite("pd.read_csv($*how, dtype=$t)", "pd.read_csv($*how)", t=TEXT),
        Rewrite("pd.read_csv($*how, dtype={$id: $t})", "pd.read_csv($*how)", t=TEXT),
        Rewrite("pd.read_csv($*how, dtype={$id: $t, $key: $u})", "pd.read_csv($*how)", t=TEXT, u=TEXT),
    )
    examples = (
        Example(
            "import pandas as pd\nshops = pd.read_csv(path, dtype={'zip': str})\n",
            "import pandas as pd\nshops = pd.read_csv(path)\n",
        ),
        Example(
            "import pandas as pd\ndf = pd.read_csv('a.csv', sep=';', dtype=str)\n",
            "import pandas as pd\ndf = pd.read_csv('a.csv', sep=';')\n",
        ),
        Example(
            "import pandas as pd\ndef load(f):\n    return pd.read_csv(f, dtype={'fips': str, 'user': str})\n",
            "import pandas as pd\ndef load(f):\n    return pd.read_csv(f)\n",
        ),
    )
    untouched = (
        "import pandas as pd\ndf = pd.read_csv(path, dtype={'age': float})\n",
        "import pandas as pd\ndf = pd.read_csv(path)\n",
        "x = np.loadtxt(path, dtype=str)",
    )
