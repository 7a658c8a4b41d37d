"""Columns that belong together are resampled with row numbers of their own."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, role, vocabulary

FORMS = (
    "$rng.integers(0, $n, size=$s)",
    "$rng.integers($n, size=$s)",
    "$rng.integers(0, $n, $n)",
    "$rng.randint(0, $n, size=$s)",
    "$rng.randint(0, $n, $n)",
    "$rng.choice($n, size=$s)",
    "$rng.choice($n, size=$s, replace=True)",
    "$rng.choice($n, $n)",
)
DRAW = role.like(*FORMS) | role.call("resampled_rows", "bootstrap_rows", "bootstrap_indices", "resample_indices")


class BootstrapUnpaired(Mutator):
    """Each column draws its own rows, so the values of one user no longer stand beside each other.

    A bootstrap resample imitates a second sample of users, and a user comes with all their values. Drawn apart, the
    clicks of one user meet the views of another. What the columns have in common is lost: for the difference or the
    ratio of columns that go together the estimates vary far too much, and a correlation is around 0.
    """

    symptoms = {
        "Every single user has the same ratio, and the resamples do not.": "pairs are torn apart",
    }
    hints = (
        "Give every user exactly the same ratio. What should the bootstrap say about its uncertainty?",
        "What is one observation here: a number, or a row of several numbers?",
        "Write down the row numbers of one resample, and below them the entries of each column that it takes. Two "
        "numbers in one place of these lists should be from one and the same user. Count how often rows are drawn for "
        "one resample, and how often they ought to be.",
    )
    follow_ups = {
        "When should two samples be resampled apart?": (
            "When they were drawn apart, as the two arms of an experiment; there a pairing would invent a dependence."
        ),
        "Which test of a bootstrap finds this on any data?": (
            "Columns in a fixed proportion, or with a fixed difference: their ratio, or mean difference, must be the "
            "same in every resample."
        ),
    }
    sources = ("github.com/ACCLAB/dabestr#193",)

    also_right = (
        Fix(
            "Both columns are taken at the rows that were drawn once.",
            "$c[rows].sum(axis=1) / $v[$other].sum(axis=1)",
            "np.take($c, rows).sum(axis=1) / np.take($v, rows).sum(axis=1)",
        ),
        Fix(
            "np.take with the rows that are drawn once for both.",
            "ratio_metric($c[users], $v[$other])",
            "ratio_metric(np.take($c, users), np.take($v, users))",
        ),
    )
    treats_symptom = (
        Fix(
            "The views of all users make the ratios vary less, but they are not those of the resample.",
            "$c[rows].sum(axis=1) / $v[$other].sum(axis=1)",
            "$c[rows].sum(axis=1) / $v.sum()",
        ),
        Fix(
            "Views in their old order are those of other users than the clicks.",
            "ratio_metric($c[users], $v[$other])",
            "ratio_metric($c[users], $v)",
        ),
    )
    examples = (
        Example(
            "def boot(x, y, g):\n    i = g.integers(0, len(x), len(x))\n    return (y[i] - x[i]).mean()\n",
            "def boot(x, y, g):\n    i = g.integers(0, len(x), len(x))\n"
            "    return (y[i] - x[g.integers(0, len(x), len(x))]).mean()\n",
        ),
        Example(
            "for b in range(999):\n    idx = rng.choice(n, size=n, replace=True)\n"
            "    r[b] = np.corrcoef(a[idx], b_col[idx])[0, 1]\n",
            "for b in range(999):\n    idx = rng.choice(n, size=n, replace=True)\n"
            "    r[b] = np.corrcoef(a[idx], b_col[rng.choice(n, size=n, replace=True)])[0, 1]\n",
        ),
        Example(
            "def ratios(num, den, n_boot, rng):\n    rows = rng.integers(0, len(num), size=(n_boot, len(num)))\n"
            "    return num[rows].sum(1) / den[rows].sum(1)\n",
            "def ratios(num, den, n_boot, rng):\n    rows = rng.integers(0, len(num), size=(n_boot, len(num)))\n"
            "    return num[rows].sum(1) / den[rng.integers(0, len(num), size=(n_boot, len(num)))].sum(1)\n",
        ),
    )
    untouched = (
        "i = rng.integers(0, len(x), len(x))\nmean = x[i].mean()\n",
        "order = rng.permutation(n)\nd = (a[order] - b[order]).mean()\n",
        "idx = rng.integers(0, n, size=n)\ntree.fit(X[idx], y[idx])\n",
        "i = rng.integers(0, n, size=n)\nj = rng.integers(0, m, size=m)\nd = a[i].mean() - b[j].mean()\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """The draw in place of its name, in the last of the columns that one expression takes by it."""
        program = code.program
        for line in program.lines:
            match line.body:
                case [cst.Assign([cst.AssignTarget(cst.Name(name))], cst.Call() as drawn)] if DRAW.holds(
                    code.canonical.term(drawn), code
                ):
                    uses = [use for use in code.scopes.reads_of(name, line) if _column(code, use) is not None]
                    held = {program.statement_of(use) for use in uses}
                    columns = {_column(code, use) for use in uses}
                    if len(uses) == len(columns) == 2 and len(held) == 1 and _are_one_statistic(code, uses):
                        yield Change(drawn, (program.replace(uses[-1], program.text(drawn)),))


def _column(code: Code, use: cst.CSTNode) -> str | None:
    """The column that is taken at the drawn rows."""
    around = next((a for a in code.program.ancestors(use) if isinstance(a, cst.Subscript)), None)
    if around is None or len(around.slice) != 1 or not isinstance(around.value, cst.Name):
        return None
    index = around.slice[0].slice
    return around.value.value if isinstance(index, cst.Index) and index.value is use else None


def _are_one_statistic(code: Code, uses: list[cst.CSTNode]) -> bool:
    """Whether both columns go into one number or array, and are no features and labels for a model to learn."""
    calls = [code.program.text(a.func) for use in uses for a in code.program.ancestors(use) if isinstance(a, cst.Call)]
    return not any(vocabulary.LEARNING.search(call) for call in calls)
