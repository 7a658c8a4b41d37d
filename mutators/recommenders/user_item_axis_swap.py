"""Users are compared where items should be, or the reverse."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

RATINGS = role.named(
    "r", "rating", "c", "centered", "centred", "interaction", "user_item", "matrix", "utility", "ui", "scores"
)


class UserItemAxisSwap(Mutator):
    """The product is taken over the wrong side of the table, so the similarities are those of the other kind of thing.

    A table of ratings has users along one side and items along the other. Its transpose times itself sums over users
    and compares items; the table times its transpose sums over items and compares users. Read with the indices of the
    other kind the numbers are about somebody else, and only a table that is not square says so by its shape.
    """

    symptoms = {
        "It stops with an error about shapes as soon as there are more users than items.": "raises",
    }
    hints = (
        "Which shape must a table of similarities between items have?",
        "Use five users and three items, and print the shape of every product of two tables.",
        "In a matrix product one side of each factor disappears: it is what the sum runs over. Say for the product in "
        "question whether it should run over users or over items if items are to be compared, and which side of the "
        "table has to be the one that is left over.",
    )
    follow_ups = {
        "When would you compare users, and when items?": (
            "Items are usually fewer and change less, so their similarities can be computed in advance; users who are "
            "few and rate much can be compared directly."
        ),
        "On which tables does nobody notice?": "On square ones, where every shape fits.",
    }
    sources = ("unverified",)

    where = place.function(vocabulary.SIMILARITY) | place.target(vocabulary.SIMILARITY)
    also_right = (
        Fix(
            "The sum over users, written out with its indices.",
            "$C @ $C.T",
            "np.einsum('ui,uj->ij', $C, $C)",
            C=RATINGS,
        ),
    )
    treats_symptom = (
        Fix(
            "Cut to the right shape, the numbers are still those of users.",
            "$C @ $C.T",
            "($C @ $C.T)[: $C.shape[1], : $C.shape[1]]",
            C=RATINGS,
        ),
    )
    rewrites = (
        Rewrite("$C.T @ $C", "$C @ $C.T", C=RATINGS),
        Rewrite("cosine_similarity($C.T)", "cosine_similarity($C)", C=RATINGS),
        Rewrite("$C @ $C.T", "$C.T @ $C", C=RATINGS),
    )
    examples = (
        Example(
            "def item_similarity(R):\n    return R.T @ R\n",
            "def item_similarity(R):\n    return R @ R.T\n",
        ),
        Example("item_sim = cosine_similarity(ratings.T)", "item_sim = cosine_similarity(ratings)"),
        Example(
            "def user_similarities(matrix):\n    return np.dot(matrix, matrix.T)\n",
            "def user_similarities(matrix):\n    return np.dot(matrix.T, matrix)\n",
        ),
    )
    untouched = (
        "gram = X.T @ X",
        "def fit(R):\n    return R.T @ R\n",
        "similarity = A @ B.T",
    )
