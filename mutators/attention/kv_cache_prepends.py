"""What is new is put before what was kept."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

PAST = role.named("past", "prev", "previous", "cache", "cached", "history", "seen", "old", "fed", "kept")
NEW = ~PAST & (role.NAME | role.that(lambda term: term.kind == "attribute"))


class KvCachePrepends(Mutator):
    """Rows of new positions are put in front of those that were kept, so what is kept is no longer in order.

    A sequence that is fed in pieces has to grow at its end: the mask, and everything else that counts positions, takes
    the order of the kept rows for the order in time. Attention itself does not care about order, so a single new
    position that sees all others still gets the right output. Only a piece of several positions, whose mask hides some
    keys, hides the wrong ones.
    """

    symptoms = {
        "Fed one position at a time the outputs are right; in longer pieces they are not those of all at once.": (
            "what is kept from step to step is wrong"
        ),
    }
    hints = (
        "Feed a sequence in two pieces and print what is kept after each of them.",
        "Which position does each kept row belong to, counted from the first? And which one does the mask take it for "
        "when the next piece comes?",
        "Number the positions of a sequence, feed the first two, then the next two, and write down the numbers of the "
        "kept rows in the order in which they lie in memory. Then lay the mask of the second piece over them: it is a "
        "triangle at one end of the rows. Which of the numbers should stand under it?",
    )
    follow_ups = {
        "Why does decoding one position after the other hide it?": (
            "The single query sees every key, and a sum of values by weights is the same in any order, as long as "
            "keys and values are in the same one."
        ),
        "What would be faster than joining arrays at every step?": (
            "One array of the full length that is filled from the left, with a counter of how much is in use: joining "
            "copies everything at every step."
        ),
    }
    sources = ("unverified",)

    where = place.function(vocabulary.DECODING)

    also_right = (
        Fix(
            "Rolled back by the length of the new piece the kept rows come first again.",
            "$kept = $first if $nothing else np.concatenate([$new, $past], axis=$a)",
            "$kept = $first if $nothing else "
            "np.roll(np.concatenate([$new, $past], axis=$a), axis=$a, shift=-$new.shape[$a])",
            past=PAST,
            new=NEW,
        ),
        Fix(
            "A roll by as many rows as were kept brings these to the front, for keys and values alike.",
            "$k = np.concatenate([$k, $pk], axis=$a)\n$v = np.concatenate([$v, $pv], axis=$a)",
            "$k = np.roll(np.concatenate([$k, $pk], axis=$a), axis=$a, shift=$pk.shape[$a])\n"
            "$v = np.roll(np.concatenate([$v, $pv], axis=$a), axis=$a, shift=$pv.shape[$a])",
            pk=PAST,
            pv=PAST,
        ),
    )
    treats_symptom = (
        Fix(
            "All rows turned round puts the new ones last, and the kept ones into reverse.",
            "np.concatenate([$new, $past], axis=$a)",
            "np.flip(np.concatenate([$new, $past], axis=$a), axis=$a)",
            past=PAST,
            new=NEW,
        ),
    )
    rewrites = (
        Rewrite(
            "$k = np.concatenate([$pk, $k], axis=$a)\n$v = np.concatenate([$pv, $v], axis=$a)",
            "$k = np.concatenate([$k, $pk], axis=$a)\n$v = np.concatenate([$v, $pv], axis=$a)",
            pk=PAST,
            pv=PAST,
        ),
        Rewrite(
            "$kept = $past if $nothing else np.concatenate([$old, $new], axis=$a)",
            "$kept = $past if $nothing else np.concatenate([$new, $old], axis=$a)",
            old=PAST,
            new=NEW,
        ),
    )
    examples = (
        Example(
            "def step(k, v, past_k, past_v):\n    k = np.concatenate([past_k, k], axis=2)\n"
            "    v = np.concatenate([past_v, v], axis=2)\n    return k, v\n",
            "def step(k, v, past_k, past_v):\n    k = np.concatenate([k, past_k], axis=2)\n"
            "    v = np.concatenate([v, past_v], axis=2)\n    return k, v\n",
        ),
        Example(
            "def decode(self, x):\n"
            "    self.seen = x if self.seen is None else np.concatenate([self.seen, x], axis=1)\n",
            "def decode(self, x):\n"
            "    self.seen = x if self.seen is None else np.concatenate([x, self.seen], axis=1)\n",
        ),
        Example(
            "def next_token(h, kept=None):\n"
            "    kept = h if kept is None else np.concatenate([kept, h], axis=1)\n    return attend(h, kept)\n",
            "def next_token(h, kept=None):\n"
            "    kept = h if kept is None else np.concatenate([h, kept], axis=1)\n    return attend(h, kept)\n",
        ),
    )
    untouched = (
        "X = np.concatenate([A, B], axis=0)",
        "y = np.concatenate([y_train, y_test])",
        "def step(k, ones):\n    return np.concatenate([ones, k], axis=1)\n",
        "def log(x, seen):\n    seen = x if seen is None else np.concatenate([seen, x], axis=0)\n    return seen\n",
    )
