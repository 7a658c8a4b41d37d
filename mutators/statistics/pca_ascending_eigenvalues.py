"""The smallest eigenvalues come first."""

from bugforge import Example, Fix, Mutator, Rewrite, role

VALUES = role.part_of(0, "eigh", "eig") | role.part_of(None, "eigvalsh")


class PcaAscendingEigenvalues(Mutator):
    """The eigenvalues are kept in rising order, so the first directions are those of least variance.

    A symmetric decomposition returns its eigenvalues from the smallest up, and `argsort` sorts upwards as well. Unless
    the order is turned round, the leading directions are the ones along which the rows hardly differ: noise, or nothing
    at all where columns depend on each other. With all directions kept, rows are restored as well as before.
    """

    symptoms = {
        "The first directions say nothing about the rows, they all have nearly the same coordinates there.": (
            "components are others & variances are wrong"
        ),
    }
    hints = (
        "Print the variances along the directions that are kept, and the sum of the variances of all columns.",
        "Try a table whose third column is a hundred times as wide as the others. Which direction should be the first?",
        "Which order do the numbers have that the decomposition returns, which does sorting give them, and which end "
        "of it do later lines cut from? Write the values of a small diagonal matrix next to each of these three "
        "steps.",
    )
    follow_ups = {
        "Does a singular value decomposition have this trap?": (
            "No, numpy returns singular values from the largest down; that of a symmetric matrix, eigh, sorts upwards, "
            "and the general one, eig, not at all."
        ),
        "Which test cannot see this bug?": (
            "That all directions together restore the rows: the order plays no part in it. Keep fewer than all."
        ),
    }
    sources = (
        "github.com/lejon/TSne.jl#21",
        "github.com/MDAnalysis/mdanalysis#1162",
        "github.com/Astroua/TurbuStat#35",
    )

    also_right = (
        Fix(
            "Sorting the negative values upwards is sorting the values downwards.",
            "np.argsort($w)",
            "np.argsort(-$w)",
        ),
        Fix(
            "eigh has sorted them already; turning its order round is enough.",
            "np.argsort($w)",
            "np.arange(len($w))[::-1]",
        ),
    )
    treats_symptom = (
        Fix(
            "The last of an order that rises are the large ones, but the largest of them is now the last.",
            "np.argsort($w)[:$k]",
            "np.argsort($w)[-$k:]",
        ),
        Fix(
            "Absolute values are sorted just as before where no eigenvalue is negative.",
            "np.argsort($w)",
            "np.argsort(np.abs($w))",
        ),
    )
    rewrites = (
        Rewrite("np.argsort($w)[::-1]", "np.argsort($w)", w=VALUES),
        Rewrite("np.argsort(-$w)", "np.argsort($w)", w=VALUES),
        Rewrite("np.flip(np.argsort($w))", "np.argsort($w)", w=VALUES),
        Rewrite("$w[::-1], $V[:, ::-1]", "$w, $V", w=VALUES),
    )
    examples = (
        Example(
            "w, V = np.linalg.eigh(C)\norder = np.argsort(w)[::-1]\nV = V[:, order]\n",
            "w, V = np.linalg.eigh(C)\norder = np.argsort(w)\nV = V[:, order]\n",
        ),
        Example(
            "vals, vecs = np.linalg.eig(np.cov(X.T))\nbest = vecs[:, np.argsort(-vals)[:2]]\n",
            "vals, vecs = np.linalg.eig(np.cov(X.T))\nbest = vecs[:, np.argsort(vals)[:2]]\n",
        ),
        Example(
            "def top(C):\n    lam, U = np.linalg.eigh(C)\n    return lam[::-1], U[:, ::-1]\n",
            "def top(C):\n    lam, U = np.linalg.eigh(C)\n    return lam, U\n",
        ),
    )
    untouched = (
        "order = np.argsort(scores)[::-1]",
        "u, s, vt = np.linalg.svd(X)\nmain = vt[np.argsort(s)[::-1]]\n",
        "w, V = np.linalg.eigh(L)\nslow = V[:, np.argsort(w)]\n",
    )
