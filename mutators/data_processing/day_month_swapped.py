"""Dates that begin with the day are read as if they began with the month."""

import re

from bugforge import Code, Example, Fix, Mutator, Rewrite, Term, fact, role

FORMAT = re.compile(r"%d([/.-])%m\1%[Yy]( %H:%M(:%S)?)?").fullmatch
DAY_FIRST = role.that(lambda term: term.kind == "string" and FORMAT(term.value[1:-1]) is not None)


def _month_first(code: Code, form: Term) -> str:
    """The literal as the program spells it, with day and month exchanged."""
    return re.sub("%d(.)%m", r"%m\1%d", code.program.text(form.origin))


SWAPPED = fact.Fact("f", _month_first)


class DayMonthSwapped(Mutator):
    """The first number is taken for the month, so that 03/04 is the fourth of March and not the third of April.

    Up to the twelfth of each month both readings are dates, and nothing objects. Later days are no months: they raise
    an error, or become missing where errors are coerced, which looks like dirty data. Orders, intervals and months of
    the rest are wrong by up to eleven months, and each date by itself looks fine.
    """

    symptoms = {
        "From the thirteenth of each month on dates are missing.": (
            "cells by hand are missed & rows are lost or doubled"
        ),
        "Some dates are off by months, and a few are right.": "cells by hand are missed",
    }
    hints = (
        "Which dates come out right, and what do they have in common?",
        "Read three dates by hand: one where both numbers are small, one from the end of a month, and one where both "
        "numbers are equal.",
        "Dates are written in several orders, and a text such as 03/04 does not say in which. Find where the program "
        "decides on the order, and compare that with the order in which the data were written. A date from the second "
        "half of a month tells the two apart, while one with equal numbers never does; see what becomes of both.",
    )
    follow_ups = {
        "How can one tell the order from the data alone?": (
            "By the largest value of each part: whatever exceeds 12 is no month. If neither does, only the source "
            "knows."
        ),
        "Why is guessing the format from the first value dangerous?": (
            "An ambiguous first value fixes the order for all; the rest then fails, or is read wrongly, depending on "
            "which row came first."
        ),
    }
    sources = ("github.com/guptarohit/cryptoCMD#6",)

    also_right = (
        Fix(
            "dayfirst says the same where nothing but such dates occurs.",
            "pd.to_datetime($t, format='%m/%d/%Y', errors='coerce')",
            "pd.to_datetime($t.where($t.str.fullmatch(r'\\d+/\\d+/\\d+', na=False)), dayfirst=True, errors='coerce')",
        ),
    )
    treats_symptom = (
        Fix(
            "A format of its own for each value lets the late days through, and the early ones stay swapped.",
            "pd.to_datetime($t, format='%m/%d/%Y', errors='coerce')",
            "pd.to_datetime($t, format='mixed', errors='coerce')",
        ),
    )
    rewrites = (
        Rewrite("pd.to_datetime($*a, format=$f)", "pd.to_datetime($*a, format=$swapped)", f=DAY_FIRST, swapped=SWAPPED),
        Rewrite("datetime.strptime($s, $f)", "datetime.strptime($s, $swapped)", f=DAY_FIRST, swapped=SWAPPED),
        Rewrite("pd.to_datetime($*a, dayfirst=True)", "pd.to_datetime($*a)"),
    )
    examples = (
        Example(
            "import pandas as pd\ndf['day'] = pd.to_datetime(df['day'], format='%d/%m/%Y')\n",
            "import pandas as pd\ndf['day'] = pd.to_datetime(df['day'], format='%m/%d/%Y')\n",
        ),
        Example(
            "import pandas as pd\nwhen = pd.to_datetime(log.when, dayfirst=True)\n",
            "import pandas as pd\nwhen = pd.to_datetime(log.when)\n",
        ),
        Example(
            "from datetime import datetime\nt = datetime.strptime(text, '%d.%m.%Y %H:%M')\n",
            "from datetime import datetime\nt = datetime.strptime(text, '%m.%d.%Y %H:%M')\n",
        ),
    )
    untouched = (
        "import pandas as pd\nday = pd.to_datetime(text, format='%Y-%m-%d')\n",
        "import pandas as pd\nday = pd.to_datetime(text)\n",
        "label = day.strftime('%d/%m/%Y')",
    )
