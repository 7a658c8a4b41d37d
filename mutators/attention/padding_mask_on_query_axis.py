"""The padding mask is laid along the queries."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

MASK = role.named("padding_mask", "pad_mask", "padding", "pad", "key_mask", "src_mask", "valid") | role.call(
    vocabulary.PADDING
)


class PaddingMaskOnQueryAxis(Mutator):
    """The mask of the padding hides the queries that are padding, where it should hide the keys.

    A mask of scores has an axis of queries and one of keys. Padding must not be looked at, so its mask belongs to the
    keys and is the same for every query. Laid along the queries it fits as long as there are as many of these as keys:
    the real queries then look at the padding as at anything else, and padded ones have nothing left to look at.
    """

    symptoms = {
        "A short sequence gives other results when it is padded to a longer one.": "what is masked has influence",
        "With sequences of unequal length some positions come out as NaN.": "NaN & what is masked has influence",
    }
    hints = (
        "Pad a sequence with two more positions and print the weights of its first query. Where do they go?",
        "Of the axes of the scores, which one counts those that look, and which one those that are looked at? To which "
        "of them does padding matter?",
        "Write down the shapes of the scores and of every mask that meets them, axis by axis and aligned from the "
        "last one, and name what each axis counts. Then say for one padded position which row or which column of the "
        "scores should be hidden, and which of the two this program hides.",
    )
    follow_ups = {
        "Should padded queries be hidden too?": (
            "There is no need: their outputs are thrown away or masked in the loss. A row that is hidden entirely has "
            "no softmax, which is where NaN comes from."
        ),
        "Why did no error tell?": (
            "In self-attention queries and keys have one length, so the mask fits either way. With queries and keys of "
            "different lengths the shapes would clash."
        ),
    }
    sources = ("github.com/keras-team/keras-io#1046",)

    also_right = (
        Fix(
            "np.expand_dims puts the axes of heads and queries in front of the keys.",
            "$p[:, None, :, None]",
            "np.expand_dims($p, (1, 2))",
        ),
        Fix(
            "One new axis behind that of the batch leaves the keys last.",
            "$p[:, :, None]",
            "np.expand_dims($p, 1)",
            p=MASK,
        ),
    )
    treats_symptom = (
        Fix(
            "With padded queries hidden as well as padded keys, some queries have nothing to look at.",
            "$p[:, None, :, None]",
            "($p[:, None, None, :] & $p[:, None, :, None])",
        ),
        Fix(
            "Padded keys are hidden now, and so is everything from padded queries.",
            "$p[:, :, None]",
            "($p[:, None, :] & $p[:, :, None])",
            p=MASK,
        ),
    )
    rewrites = (
        Rewrite("$p[:, None, None, :]", "$p[:, None, :, None]", p=MASK),
        Rewrite("$p[:, np.newaxis, np.newaxis, :]", "$p[:, np.newaxis, :, np.newaxis]", p=MASK),
        Rewrite("$p[:, None, None]", "$p[:, None, :, None]", p=MASK),
        Rewrite("$p[:, None, :]", "$p[:, :, None]", p=MASK),
        Rewrite("$p[:, np.newaxis, :]", "$p[:, :, np.newaxis]", p=MASK),
    )
    examples = (
        Example(
            "mask = causal & padding_mask(lengths, n)[:, None, None, :]",
            "mask = causal & padding_mask(lengths, n)[:, None, :, None]",
        ),
        Example(
            "scores = np.where(pad_mask[:, np.newaxis, :], scores, -1e9)",
            "scores = np.where(pad_mask[:, :, np.newaxis], scores, -1e9)",
        ),
        Example("visible &= valid[:, None, :]", "visible &= valid[:, :, None]"),
    )
    untouched = (
        "gaps = X[:, None, :] - Y[None, :, :]",
        "mask = causal[None, None, :, :]",
        "column = lengths[:, None]",
        "scores = scores[:, None, None, :]",
    )
