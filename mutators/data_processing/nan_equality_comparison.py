"""Missing values are looked for with ==, and none is ever found."""

from bugforge import Example, Fix, Mutator, Rewrite


class NanEqualityComparison(Mutator):
    """NaN is compared with NaN, and by the rules of floating point nothing is equal to NaN, not even itself.

    The comparison with == is False for every value, missing or not, and the one with != is True for every value. The
    line reads as it was meant, raises nothing, and on a table without gaps it even gives the right answer.
    """

    symptoms = {
        "Half of the column is missing, and the program says that nothing is.": "cells by hand are missed",
    }
    hints = (
        "How many missing values does the program find in a column that has three?",
        "Evaluate the question that is asked of each value, for one value that you know is missing and one that is "
        "there.",
        "Somewhere a column is asked, value by value, what is missing from it. Take a column of three values, the "
        "middle one missing, and look at the three answers before anything else is done with them. Then recall how "
        "floating-point numbers define equality for the one value that stands for no number at all.",
    )
    follow_ups = {
        "Why is NaN not equal to itself?": (
            "IEEE 754 makes all its comparisons false, so that the result of 0 / 0 is not taken for the result of "
            "inf - inf. `x != x` is the classical test for NaN for that reason."
        ),
        "How do None, NaN, NaT and pd.NA differ under ==?": (
            "None equals itself in plain Python, though not in a comparison of Series; NaN and NaT equal nothing; a "
            "comparison with pd.NA is pd.NA. `isna` knows all four."
        ),
    }
    sources = ("github.com/ASFHyP3/hyp3-lib#251", "github.com/microsoft/promptflow#4141")

    also_right = (
        Fix("isna is made for the question.", "$s == np.nan", "pd.isna($s)"),
        Fix("Only what is missing differs from itself.", "$s == np.nan", "$s != $s"),
    )
    treats_symptom = (
        Fix("None in the place of NaN is equal to nothing in a column either.", "$s == np.nan", "$s == None"),
        Fix(
            "With a number in the place of what is missing, true zeros count as gaps.",
            "$s == np.nan",
            "$s.fillna(0) == 0",
        ),
    )
    rewrites = (
        Rewrite("~$s.isna()", "$s != np.nan"),
        Rewrite("~np.isnan($s)", "$s != np.nan"),
        *(Rewrite(f"{asked}", "$s == np.nan") for asked in ("$s.isna()", "$s.isnull()", "np.isnan($s)", "pd.isna($s)")),
        *(Rewrite(f"{asked}", "$s != np.nan") for asked in ("$s.notna()", "$s.notnull()", "pd.notna($s)")),
    )
    examples = (
        Example("import numpy as np\ngaps = df['age'].isna()\n", "import numpy as np\ngaps = df['age'] == np.nan\n"),
        Example("import numpy as np\nn = np.isnan(x).sum()\n", "import numpy as np\nn = (x == np.nan).sum()\n"),
        Example(
            "import numpy as np\nknown = df[df['y'].notna()]\n", "import numpy as np\nknown = df[df['y'] != np.nan]\n"
        ),
        Example("import numpy as np\nx = x[~np.isnan(x)]\n", "import numpy as np\nx = x[x != np.nan]\n"),
    )
    untouched = (
        "import numpy as np\nfinite = np.isfinite(x)\n",
        "import numpy as np\nzero = x == 0\n",
        "import numpy as np\ndf = df.dropna(subset=['y'])\n",
    )
