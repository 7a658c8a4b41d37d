"""Axes are exchanged by a reshape."""

from bugforge import Example, Fix, Mutator, Rewrite, role

SIZE = ~role.number()  # an axis of length 1 may be anywhere


class ReshapeInsteadOfTranspose(Mutator):
    """The sizes are written in the order that is wanted, but a reshape does not move the axes there.

    A reshape keeps the numbers in the order of memory and only counts them off anew. Cut first, with the sizes that the
    array really has, and then exchanged, each number keeps its place on each axis. With the exchanged sizes in the
    reshape the result has the right shape, and its entries are those of other rows.
    """

    symptoms = {
        "All shapes are right, but a head does not get its own columns of a position.": "heads are mixed up",
        "With one head the result is right, with more than one it is not.": (
            "attention by hand is missed & heads are mixed up"
        ),
    }
    hints = (
        "Fill a small array with 0, 1, 2 and so on, and follow a few numbers through the program.",
        "Of two operations on axes, one moves numbers to other places and the other only cuts the same row of numbers "
        "elsewhere. Which one is needed where?",
        "For an array with two rows and six columns that are three parts each: write down the numbers in the order of "
        "memory, then draw what should stand at part 0, row 1 of the result. Is there a way to cut the first list so "
        "that this comes out, without a number changing places?",
    )
    follow_ups = {
        "When do both give the same?": (
            "When one of the exchanged axes has length 1, or all entries are equal. So a test needs lengths above 1 "
            "and distinct entries."
        ),
        "Does a transpose copy the numbers?": (
            "No, numpy only exchanges the strides; the copy is made by the next reshape, which wants the numbers in "
            "the new order."
        ),
    }
    sources = ("github.com/reczoo/FuxiCTR#30", "github.com/bentrevett/pytorch-seq2seq#148")

    also_right = (
        Fix(
            "np.moveaxis carries the axis to its new place after the cut.",
            "$x.reshape($a, $c, $b, $d)",
            "np.moveaxis($x.reshape($a, $b, $c, $d), 2, 1)",
        ),
    )
    treats_symptom = (
        Fix(
            "To exchange the axes of the whole array before the cut mixes the numbers in another way.",
            "$x.reshape($a, $c, $b, $d)",
            "$x.swapaxes(1, 2).reshape($a, $c, $b, $d)",
        ),
    )
    rewrites = (
        *(
            Rewrite(moved, "$x.reshape($a, $c, $b, $d)", b=SIZE, c=SIZE)
            for moved in (
                "$x.reshape($a, $b, $c, $d).transpose(0, 2, 1, 3)",
                "$x.reshape($a, $b, $c, $d).swapaxes(1, 2)",
                "np.transpose($x.reshape($a, $b, $c, $d), (0, 2, 1, 3))",
                "np.swapaxes($x.reshape($a, $b, $c, $d), 1, 2)",
            )
        ),
        *(
            Rewrite(moved, "$x.reshape($b, $a, $c)", a=SIZE, b=SIZE)
            for moved in (
                "$x.reshape($a, $b, $c).transpose(1, 0, 2)",
                "$x.reshape($a, $b, $c).swapaxes(0, 1)",
                "np.transpose($x.reshape($a, $b, $c), (1, 0, 2))",
            )
        ),
        Rewrite("$x.reshape($a, $b).T", "$x.reshape($b, $a)", a=SIZE, b=SIZE),
    )
    examples = (
        Example(
            "def split(x, h):\n    b, t, d = x.shape\n    return x.reshape(b, t, h, d // h).transpose(0, 2, 1, 3)\n",
            "def split(x, h):\n    b, t, d = x.shape\n    return x.reshape(b, h, t, d // h)\n",
        ),
        Example(
            "q = (x @ W_q).reshape(B, T, H, d_k).swapaxes(1, 2)",
            "q = (x @ W_q).reshape(B, H, T, d_k)",
        ),
        Example(
            "heads = np.transpose(x.reshape(t, n_heads, d), (1, 0, 2))",
            "heads = x.reshape(n_heads, t, d)",
        ),
        Example("columns = values.reshape(rows, cols).T", "columns = values.reshape(cols, rows)"),
    )
    untouched = (
        "x = x.reshape(b, t, h * d)",
        "column = y.reshape(1, n).T",
        "y = x.transpose(0, 2, 1)",
        "y = x.transpose(0, 2, 1, 3).reshape(b, t, h * d)",
    )
