"""An option of a library call is left out, and the library's default does something else."""

from collections.abc import Iterator
from itertools import islice

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, role, walk

AT_MOST = 3  # places of one program
METHODS = (  # called on a table or a series, with the option that makes a difference
    "sort_values(ascending=False",
    "sort_index(ascending=False",
    "reindex(fill_value=$v",
    "unstack(fill_value=$v",
    "dropna(subset=$v",
    "drop_duplicates(subset=$v",
    "value_counts(normalize=True",
    "rank(ascending=False",
    "merge($other, on=$v",
    "rolling($n, center=True",
    "choice($n, replace=False",
)
FUNCTIONS = (
    'np.searchsorted($a, $v, side="right"',
    "np.bincount($y, minlength=$v",
    "np.cov($a, rowvar=False",
    "np.corrcoef($a, rowvar=False",
    "np.linspace($a, $b, $n, endpoint=False",
    "np.average($a, weights=$v",
    "np.unique($a, axis=$v",
    "np.repeat($a, $n, axis=$v",
    "np.concatenate($a, axis=1",
    "pd.concat($a, axis=1",
    "sorted($a, reverse=True",
    "sorted($a, key=$v",
)
GIVEN = frozenset({"fill_value", "subset", "on", "how", "minlength", "weights", "axis", "key"})
OUTER = role.that(lambda term: term.value != repr("inner"))


def _without(call: str) -> str:
    """The call without its option, and with what else it is given."""
    if ", " in call:
        return f"{call.rpartition(', ')[0]}, $*rest)"
    return f"{call.partition('(')[0]}($*rest)"


class LibraryDefaultTaken(Mutator):
    """A function of the library is called without the option that this place needs.

    Defaults are made for the commonest use, and every library has its own: pandas divides a spread by n - 1 and numpy
    by n, a sort ascends, a count ends at the largest value that occurs, a search goes to the left of equal values, and
    what a reindexing does not find becomes NaN. The call is right Python and its result has the right type.
    """

    symptoms = {
        "A column has a correlation above 1 with itself.": "correlations are wrong",
        "Scores of equal size are not ranked as they should be.": "ties are counted wrongly",
        "What I get for the columns is not what was asked for.": "other columns",
        "The spread of a column that I compute myself is another one.": "columns are scaled otherwise",
        "It stops with an error about arrays of different lengths.": "raises",
    }
    hints = (
        "Try each library call of this program by itself, on three values that you can judge by eye.",
        "What does the documentation say the defaults are, and do they suit every place where they are used here?",
        "For each call that sorts, counts, searches, fills, merges or measures a spread, ask what happens to ties, to "
        "values that are missing, to classes that do not occur and to the order. One of these calls leaves the answer "
        "to a default that is not the one wanted.",
    )
    follow_ups = {
        "Which defaults of numpy and pandas differ although the functions share a name?": (
            "std and var: pandas divides by n - 1, numpy by n. Missing values too: pandas skips them, numpy "
            "returns NaN."
        ),
        "When should an option be written although it is the default?": (
            "Where another library has another default, or where a reader would have to look it up to be sure."
        ),
    }
    sources = ("github.com/pandas-dev/pandas#47903", "github.com/numpy/numpy#9230")

    also_right = (
        Fix(
            "The variance by n, and its root, is the spread by n.",
            "X.std(axis=0)",
            "X.var(axis=0, ddof=0) ** 0.5",
        ),
    )
    treats_symptom = (
        Fix(
            "A correction for one particular number of rows is none for the others.",
            "X.std(axis=0)",
            "X.std(axis=0) * 0.99",
        ),
    )
    rewrites = (
        *(Rewrite(f"$x.{call}, $*rest)", f"$x.{_without(call)}") for call in METHODS),
        *(Rewrite(f"{call}, $*rest)", _without(call)) for call in FUNCTIONS),
        Rewrite("$x.merge($other, how=$h, $*rest)", "$x.merge($other, $*rest)", h=OUTER),
        Rewrite("pd.merge($x, $other, how=$h, $*rest)", "pd.merge($x, $other, $*rest)", h=OUTER),
    )
    by_pandas = (
        Rewrite("$x.std(ddof=0, $*rest)", "$x.std($*rest)"),
        Rewrite("$x.var(ddof=0, $*rest)", "$x.var($*rest)"),
    )
    by_numpy = (
        Rewrite("np.std($x, ddof=1, $*rest)", "np.std($x, $*rest)"),
        Rewrite("np.var($x, ddof=1, $*rest)", "np.var($x, $*rest)"),
    )
    examples = (
        Example("se = np.std(x, ddof=1) / np.sqrt(len(x))", "se = np.std(x) / np.sqrt(len(x))"),
        Example("top = scores.sort_values(ascending=False).index[:k]", "top = scores.sort_values().index[:k]"),
        Example("counts = np.bincount(y, minlength=k)", "counts = np.bincount(y)"),
        Example('df = df.merge(prices, how="left", on="item")', 'df = df.merge(prices, on="item")'),
        Example("S = np.cov(X, rowvar=False)", "S = np.cov(X)"),
    )
    untouched = (
        "x = x.sort_values(ascending=True)",
        "s = np.std(x, axis=0)",
        'df = df.merge(prices, how="inner")',
        "n = np.bincount(y)",
        "s = scores.std(ddof=1)",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        frames = "pandas" in code.program.aliases.values() and "import pandas" in code.program.source
        spreads = (change for rewrite in (self.by_pandas if frames else ()) for change in rewrite.changes(code))
        arrays = (c for r in self.by_numpy for c in r.changes(code) if code.program.text(c.node).startswith("np."))
        found = (c for c in (*spreads, *arrays, *super().mutate(code)) if not _strands(code, c.node))
        yield from islice(found, AT_MOST)


def _strands(code: Code, call: cst.CSTNode) -> bool:
    """Whether a parameter of the function is read by an option of the call alone."""
    options = [
        part for part in walk(call) if isinstance(part, cst.Arg) and part.keyword and part.keyword.value in GIVEN
    ]
    for name in (n for option in options for n in walk(option.value) if isinstance(n, cst.Name)):
        bound = code.scopes.bindings_of(name.value, name)
        if any(isinstance(b.statement, cst.Param) for b in bound) and len(code.scopes.reads_of(name.value, name)) < 2:
            return True
    return False
