"""A sum over the rows is divided by the number of columns."""

from bugforge import Code, Example, Fix, Mutator, Rewrite, Term, role
from bugforge.mutation.constraint import Constraint
from bugforge.mutation.place import Place


def _is_table(term: Term, code: Code | None) -> bool:
    """Whether the program asks for the number of its columns, transposes or decomposes it: it has two dimensions."""
    if code is None or term.kind != "name":
        return False
    taken = [t for t in code.canonical.by_kind.get("attribute", ()) if t.value == "T"]
    held = [t.children[0] for t in taken] + [
        argument.children[0]
        for call in code.canonical.by_kind.get("call", ())
        if call.value in ("svd", "cov")
        for argument in call.children[1:2]
        if argument.children
    ]
    centred = any(part.key == term.key for t in held for part in t)
    return centred or term.value in ("X", "data", "table", "rows")


TABLE = Constraint(_is_table)
SPECTRAL = Place(
    lambda code, node: not code.words.isdisjoint({"eigh", "eig", "svd", "cov", "covariance", "_covariance"})
)


class RowsCountedAsColumns(Mutator):
    """The divisor of a covariance counts columns, where what was added up runs over the rows.

    Products are added up over the rows, one term for each, so the number of rows, less one, makes a variance of the
    sum. The number of columns in its place gives all variances one wrong factor. Directions, shares and orders do not
    depend on a common factor and stay right; so does everything on a square table.
    """

    symptoms = {
        "All variances are wrong by one and the same factor.": "variances are wrong",
    }
    hints = (
        "Add up all variances, and compare with the sum of the variances of the columns taken one by one.",
        "Repeat every row of the table twice. By what should the variances change, and by what do they?",
        "How many terms does the sum have that is averaged here? Go through the shapes from the table to the divisor, "
        "with a table of ten rows and three columns in mind, and say of each number in the quotient whether it is the "
        "ten or the three.",
    )
    follow_ups = {
        "Which results stay right?": (
            "The directions, the shares, and the number of directions for a share: a common factor cancels in them."
        ),
        "Where does this slip often come from?": (
            "From formulas for tables that hold one sample a column, as in many lectures: there, the second number of "
            "the shape counts samples."
        ),
    }
    sources = ("github.com/keras-team/keras#4181",)

    where = SPECTRAL
    also_right = (
        Fix(
            "The rows of a table are what its length counts.",
            "$a / ($X.shape[1] - 1)",
            "$a / (len($X) - 1)",
        ),
        Fix(
            "The size of the table over its columns is the number of rows.",
            "$n = $X.shape[1]",
            "$n = $X.size // $X.shape[1]",
        ),
    )
    treats_symptom = (
        Fix(
            "All entries together are as many as rows times columns, which is again another number.",
            "$a / ($X.shape[1] - 1)",
            "$a / ($X.size - 1)",
        ),
        Fix(
            "The smaller of the two numbers is right only where there are fewer rows than columns.",
            "$n = $X.shape[1]",
            "$n = min($X.shape)",
        ),
    )
    rewrites = (
        Rewrite(
            "$a / (len($X) - 1)", "$a / ($X.shape[1] - 1)", X=TABLE, a=role.has(role.that(lambda t: t.value == "@"))
        ),
        Rewrite("$a / len($X)", "$a / $X.shape[1]", X=TABLE, a=role.has(role.that(lambda t: t.value == "@"))),
        Rewrite(
            "$n = len($X)\n...\n$v = $s ** 2 / ($n - 1)", "$n = $X.shape[1]\n...\n$v = $s ** 2 / ($n - 1)", X=TABLE
        ),
    )
    examples = (
        Example(
            "def covariance(X):\n    D = X - X.mean(axis=0)\n    return D.T @ D / (len(X) - 1)\n",
            "def covariance(X):\n    D = X - X.mean(axis=0)\n    return D.T @ D / (X.shape[1] - 1)\n",
        ),
        Example(
            "sigma = np.dot(X.T, X) / X.shape[0]\nU, S, V = np.linalg.svd(sigma)\n",
            "sigma = np.dot(X.T, X) / X.shape[1]\nU, S, V = np.linalg.svd(sigma)\n",
        ),
        Example(
            "n = X.shape[0]\nU, s, Vt = np.linalg.svd(X - mu)\nvar = s**2 / (n - 1)\n",
            "n = X.shape[1]\nU, s, Vt = np.linalg.svd(X - mu)\nvar = s**2 / (n - 1)\n",
        ),
    )
    untouched = (
        "gradient = X.T @ residual / len(X)",
        "U, s, Vt = np.linalg.svd(A)\nshare = s / len(s)\n",
        "w, V = np.linalg.eigh(C)\nmean = w.sum() / len(w)\n",
    )
