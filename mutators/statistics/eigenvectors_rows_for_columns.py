"""The directions are read from the matrix of a decomposition along the wrong side."""

from bugforge import Example, Fix, Mutator, Rewrite, role

COLUMNS = role.part_of(1, "eigh", "eig")
ROWS = role.part_of(2, "svd")
TURNING = role.that(lambda term: any(word in term.value for word in ("orient", "flip", "sign", "upright", "turn")))
INDEX = role.NAME | role.number() | role.call("argsort")


class EigenvectorsRowsForColumns(Mutator):
    """Rows stand where the eigenvectors are columns, or columns where they are rows.

    `eigh` returns eigenvectors as columns, `svd` returns those of the rows' side as rows of its last matrix. The other
    side of the same matrix is orthonormal as well, so every check of lengths and angles passes, and the variances that
    go with the directions are right. Only the directions are not: each mixes one entry of every true one.
    """

    symptoms = {
        "The variances are the expected ones, but the rows do not spread by them along the directions.": (
            "components are others"
        ),
    }
    hints = (
        "Take the variance of the coordinates along the first direction. Is it the one that is reported for it?",
        "Multiply the covariance matrix by a direction. By how much should the result be longer, and where should it "
        "point?",
        "Look up which side of the matrix that the decomposition returns belongs to one number, its rows or its "
        "columns. Then find the line where directions are taken from that matrix, or handed on, and read off which of "
        "the two comes out.",
    )
    follow_ups = {
        "Why does a test of orthonormal directions not see it?": (
            "The transpose of an orthogonal matrix is orthogonal too. Multiply the covariance by a direction instead."
        ),
        "For which matrices is the mistake invisible?": (
            "Where the matrix of eigenvectors is symmetric, such as the identity, or a reflection in two dimensions."
        ),
    }
    sources = ("github.com/agyorev/Eigenfaces#2", "github.com/rasbt/mlxtend#476", "github.com/FAU-CS6/KDD#71")

    also_right = (
        Fix(
            "Rows of the transpose are the columns.",
            "$V[$order]",
            "$V.T[$order]",
            V=COLUMNS,
        ),
        Fix(
            "Transposed once more, each row is one direction again.",
            "$turn($V.T)",
            "$turn($V.T.T)",
            V=ROWS,
        ),
    )
    treats_symptom = (
        Fix(
            "Unit length is not what was missing: rows of an orthogonal matrix have it already.",
            "$V[$order]",
            "$V[$order] / np.linalg.norm($V[$order], axis=1, keepdims=True)",
            V=COLUMNS,
        ),
        Fix(
            "In another order the directions are still made of one entry of each true one.",
            "$turn($V.T)",
            "$turn($V.T[::-1])",
            V=ROWS,
        ),
    )
    rewrites = (
        Rewrite("$V[:, $order].T", "$V[$order]", V=COLUMNS, order=INDEX),
        Rewrite("$V[:, $order]", "$V[$order]", unless_within=("$transposed.T",), V=COLUMNS, order=INDEX),
        Rewrite("$V.T[$order]", "$V[$order]", V=COLUMNS, order=INDEX),
        Rewrite("$turn($V)", "$turn($V.T)", V=ROWS, turn=TURNING),
        Rewrite("$V[:$k].T", "$V[:, :$k]", V=ROWS),
    )
    examples = (
        Example(
            "w, V = np.linalg.eigh(C)\norder = np.argsort(w)[::-1]\ncomponents = V[:, order].T\n",
            "w, V = np.linalg.eigh(C)\norder = np.argsort(w)[::-1]\ncomponents = V[order]\n",
        ),
        Example(
            "values, vectors = np.linalg.eig(S)\nfirst = vectors[:, 0]\n",
            "values, vectors = np.linalg.eig(S)\nfirst = vectors[0]\n",
        ),
        Example(
            "U, s, Vt = np.linalg.svd(X - mu, full_matrices=False)\nprojection = (X - mu) @ Vt[:k].T\n",
            "U, s, Vt = np.linalg.svd(X - mu, full_matrices=False)\nprojection = (X - mu) @ Vt[:, :k]\n",
        ),
    )
    untouched = (
        "first = table[:, 0]",
        "U, s, Vt = np.linalg.svd(X)\ncodes = U[:, order]\n",
        "values, vectors = np.linalg.eigh(C)\ntop = values[order]\n",
    )
