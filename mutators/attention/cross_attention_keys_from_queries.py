"""The keys are made of the rows that ask."""

from bugforge import Example, Fix, Mutator, Rewrite, role

PROJECTION = role.WEIGHT | role.named("wq", "wk", "wv", "q_proj", "k_proj", "v_proj")
ROW = role.NAME | role.that(lambda term: term.kind == "subscript")


class CrossAttentionKeysFromQueries(Mutator):
    """The keys are projections of the sequence that asks, while the values come from the one that answers.

    In cross attention a query is compared with the keys of the memory, and key j stands for the value j of the memory.
    With keys from its own sequence the query weighs positions of itself, and these weights are laid on values of other
    positions. If both sequences have one length, nothing complains; in self-attention they are the same rows.
    """

    symptoms = {
        "Self-attention is right. With a memory of the same length the weights are not those I work out by hand.": (
            "attention by hand is missed"
        ),
        "It stops with an error as soon as the memory is longer than what asks.": "raises",
    }
    hints = (
        "Change one row of the memory. Which numbers should change on the way to the output, and which do?",
        "Three kinds of rows are made by three matrices. From which of the two sequences should each kind come, and "
        "how long is it then?",
        "Draw the two sequences with different numbers of positions, and write the shape of every intermediate result "
        "beside the line that makes it: the rows after each of the projections, the scores, the weights and the "
        "output. One of the shapes counts positions of the wrong sequence, although it fits when both are of one "
        "length.",
    )
    follow_ups = {
        "Which test would have found it at once?": (
            "One with different lengths of the two sequences, or one in which the memory's keys alone are changed."
        ),
        "Why are keys and values always taken from the same sequence?": (
            "A key is the address of its value: both must belong to the same position, or the weight that a key earns "
            "goes to a value that has nothing to do with it."
        ),
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "The memory times the matrix of the keys, as an einsum.",
            "$q, $k, $v = $x @ $Wq, $x @ $Wk, $m @ $Wv",
            '$q, $k, $v = $x @ $Wq, np.einsum("td,de->te", $m, $Wk), $m @ $Wv',
        ),
    )
    treats_symptom = (
        Fix(
            "With values of the same rows all lengths fit, and the memory has no say any more.",
            "$q, $k, $v = $x @ $Wq, $x @ $Wk, $m @ $Wv",
            "$q, $k, $v = $x @ $Wq, $x @ $Wk, $x @ $Wv",
        ),
    )
    rewrites = (
        Rewrite(
            "$q, $k, $v = $x @ $Wq, $m @ $Wk, $m @ $Wv",
            "$q, $k, $v = $x @ $Wq, $x @ $Wk, $m @ $Wv",
            x=ROW,
            m=ROW,
            Wq=PROJECTION,
            Wk=PROJECTION,
            Wv=PROJECTION,
        ),
        Rewrite(
            "$q = $x @ $Wq\n$k = $m @ $Wk\n$v = $m @ $Wv",
            "$q = $x @ $Wq\n$k = $x @ $Wk\n$v = $m @ $Wv",
            x=ROW,
            m=ROW,
            Wq=PROJECTION,
            Wk=PROJECTION,
            Wv=PROJECTION,
        ),
        Rewrite(
            "$q = $o.q_proj($x)\n$k = $o.k_proj($m)\n$v = $o.v_proj($m)",
            "$q = $o.q_proj($x)\n$k = $o.k_proj($x)\n$v = $o.v_proj($m)",
        ),
    )

    examples = (
        Example(
            "q, k, v = x @ self.w_q, memory @ self.w_k, memory @ self.w_v",
            "q, k, v = x @ self.w_q, x @ self.w_k, memory @ self.w_v",
        ),
        Example(
            "Q = target @ Wq\nK = source @ Wk\nV = source @ Wv\n",
            "Q = target @ Wq\nK = target @ Wk\nV = source @ Wv\n",
        ),
        Example(
            "q = self.q_proj(dec)\nk = self.k_proj(enc)\nv = self.v_proj(enc)\n",
            "q = self.q_proj(dec)\nk = self.k_proj(dec)\nv = self.v_proj(enc)\n",
        ),
    )
    untouched = (
        "q, k, v = x @ Wq, x @ Wk, x @ Wv",
        "a, b, c = x @ A, y @ B, y @ C",
        "h = x @ W1\no = y @ W2\n",
    )
