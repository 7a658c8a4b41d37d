"""The upper end of a random range is taken for inclusive, so the last number never comes."""

from bugforge import Example, Fix, Mutator, Rewrite, role

BOUND = role.COUNT & ~role.LITERAL
# the standard library's randint includes its upper end
NUMPYS = role.that(lambda term: (term.kind, term.value) != ("name", "random"))


class OffByOneRandomRange(Mutator):
    """One is subtracted from a bound that is exclusive already, and the last of the numbers can never be drawn.

    numpy's integers and randint, like range, stop before their upper end: from 0 to n they give the n numbers that are
    positions in something of length n. With n - 1 for a bound the last position is out of reach. What stands there,
    often the newest row of a table, is never drawn, and all others come a little too often.
    """

    symptoms = {
        "The last value of the sample is in none of the resamples.": "resamples are drawn otherwise",
        "The last row of the table is never among those that are drawn.": "rows are drawn otherwise",
        "One of the rows never becomes the first center.": "first centers are drawn otherwise",
    }
    hints = (
        "Which positions can come up, and which of them do?",
        "Draw a thousand times from three rows and count how often each of them is taken.",
        "Look up whether the function that draws whole numbers here includes its upper end, then compute which numbers "
        "it can return for a table of three rows, and compare them with the positions that a table of three rows has.",
    )
    follow_ups = {
        "Which functions include the upper end?": (
            "The standard library's random.randint, and numpy's Generator.integers with endpoint=True."
        ),
        "Why do averages not show it?": (
            "One row in n has little weight. A count of how often each position comes shows it at once."
        ),
    }
    sources = ("github.com/DagnyT/hardnet#4", "github.com/Sanster/text_renderer#82")

    also_right = (
        Fix(
            "The numbers up to n - 1, that one included, are the same numbers.",
            "$rng.integers(0, $n - 1, size=$size)",
            "$rng.integers(0, $n - 1, size=$size, endpoint=True)",
        ),
        Fix(
            "With the endpoint included, n - 1 is the last number.",
            "$rng.integers($n - 1)",
            "$rng.integers($n - 1, endpoint=True)",
        ),
    )
    treats_symptom = (
        Fix(
            "Shifted by one, the range reaches the last number and misses the first one.",
            "$rng.integers(0, $n - 1, size=$size)",
            "$rng.integers(0, $n - 1, size=$size) + 1",
        ),
        Fix(
            "Shifted by one, it is the first number that never comes.",
            "$rng.integers($n - 1)",
            "$rng.integers($n - 1) + 1",
        ),
    )
    rewrites = (
        *(
            Rewrite(f"$rng.{draw}(0, $n, $*size)", f"$rng.{draw}(0, $n - 1, $*size)", rng=NUMPYS, n=BOUND)
            for draw in ("integers", "randint")
        ),
        *(
            Rewrite(f"$rng.{draw}($n, size=$size)", f"$rng.{draw}($n - 1, size=$size)", rng=NUMPYS, n=BOUND)
            for draw in ("integers", "randint")
        ),
        *(Rewrite(f"$rng.{draw}($n)", f"$rng.{draw}($n - 1)", rng=NUMPYS, n=BOUND) for draw in ("integers", "randint")),
        Rewrite("random.randrange($n)", "random.randrange($n - 1)", n=BOUND),
    )
    examples = (
        Example("rows = rng.integers(0, n, size=n)", "rows = rng.integers(0, n - 1, size=n)"),
        Example(
            "i = np.random.randint(0, len(X))\nx_i, y_i = X[i], y[i]\n",
            "i = np.random.randint(0, len(X) - 1)\nx_i, y_i = X[i], y[i]\n",
        ),
        Example(
            "idx = self.rng.integers(X.shape[0], size=self.batch_size)",
            "idx = self.rng.integers(X.shape[0] - 1, size=self.batch_size)",
        ),
        Example(
            "n = len(corpus)\nword = corpus[random.randrange(n)]\n",
            "n = len(corpus)\nword = corpus[random.randrange(n - 1)]\n",
        ),
    )
    untouched = (
        "i = random.randint(0, n)",
        "coin = rng.integers(0, 2, size=n)",
        "offset = rng.integers(0, n - width)",
        "year = rng.integers(low, high, size=n)",
    )
