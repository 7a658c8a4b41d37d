"""The heads are merged by a reshape alone."""

from bugforge import Example, Fix, Mutator, Rewrite, role

# the last axis holds the columns of all heads together
MERGED = role.PRODUCT | role.number(-1) | role.named("d_model", "embed_dim", "width", "dim", "hidden", "d", "c")
FIRST = ~role.PRODUCT & ~role.number(-1)


class MhaMergeHeadsWithoutTranspose(Mutator):
    """The heads' outputs are reshaped to one row a position without bringing the heads beside the columns first.

    A reshape reads the numbers in the order of memory and only cuts them elsewhere. With the heads in front of the
    positions, the numbers that follow each other are those of one head at successive positions: a row of the result is
    filled with several positions of one head instead of all heads of one position. The shape is right, and so is every
    number taken by itself.
    """

    symptoms = {
        "The shape is right, but a position holds numbers of other positions.": "heads are mixed up",
        "With more than one head the output differs from what I work out by hand; the weights are right.": (
            "attention by hand is missed & heads are mixed up"
        ),
    }
    hints = (
        "Number the entries of a small array of heads and positions, and look where each number ends up.",
        "In which order does the array hold its numbers in memory, and which axis has to run fastest, and which one "
        "next, so that what belongs to one position stands together?",
        "Take two heads, three positions and two columns. Write down the twelve numbers in the order of memory, then "
        "the three rows that should come out, and look at which of the axes must have changed places before the cut. "
        "Then compare with what this program does on the way out and on the way in.",
    )
    follow_ups = {
        "When does it make no difference?": (
            "With one head, or with one position: then there is only one way to put the numbers in a row."
        ),
        "Why can a model train all the same?": (
            "The numbers are mixed in the same way each time, and a wide model on an easy task learns to live with it; "
            "on harder tasks it stays behind."
        ),
    }
    sources = ("github.com/jsbaan/transformer-from-scratch#6", "github.com/hackiey/QAnet-pytorch#2")

    also_right = (
        Fix(
            "The heads put side by side one after the other need no reshape at all.",
            "$o.reshape($b, $t, $w)",
            "np.concatenate(list($o.swapaxes(0, 1)), axis=-1)",
            w=role.PRODUCT,
        ),
    )
    treats_symptom = (
        Fix(
            "The columns and positions change places here, where the heads and positions should.",
            "$o.reshape($b, $t, $w)",
            "$o.swapaxes(2, 3).reshape($b, $t, $w)",
            w=role.PRODUCT,
        ),
    )
    rewrites = tuple(
        Rewrite(f"{moved}.reshape($b, $t, $w)", "$o.reshape($b, $t, $w)", b=FIRST, t=FIRST, w=MERGED)
        for moved in ("$o.transpose(0, 2, 1, 3)", "$o.swapaxes(1, 2)", "np.transpose($o, (0, 2, 1, 3))")
    )
    examples = (
        Example(
            "def merge(o):\n    b, h, t, d = o.shape\n    return o.transpose(0, 2, 1, 3).reshape(b, t, h * d)\n",
            "def merge(o):\n    b, h, t, d = o.shape\n    return o.reshape(b, t, h * d)\n",
        ),
        Example(
            "out = context.swapaxes(1, 2).reshape(B, T, -1) @ W_o",
            "out = context.reshape(B, T, -1) @ W_o",
        ),
        Example(
            "y = np.transpose(y, (0, 2, 1, 3)).reshape(batch, steps, self.d_model)",
            "y = y.reshape(batch, steps, self.d_model)",
        ),
    )
    untouched = (
        "patches = x.reshape(h, p, w, p).transpose(0, 2, 1, 3).reshape(h * w, p, p)",
        "A = blocks.transpose(0, 2, 1, 3).reshape(m * p, n * q)",
        "flat = x.transpose(0, 2, 1, 3).reshape(-1, d)",
        "q = x.reshape(b, t, h, d).transpose(0, 2, 1, 3)",
    )
