"""A mask is made for as many keys as there are queries."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

MASK = role.called(vocabulary.MASKING)
QUERIES = role.named("n_queries", "n_query", "n_q", "t_q", "tq", "len_q", "q_len", "query_len", "tgt_len")
KEYS = role.named("n_keys", "n_key", "n_k", "t_k", "tk", "len_k", "k_len", "key_len", "src_len")


class MaskSizedByQueries(Mutator):
    """The number of queries is taken for the number of keys, so the mask is square whatever the keys are.

    A mask has a row for each query and a column for each key. In self-attention on whole sequences the two numbers are
    one, and either may be written for the other. With a memory of another length, or with keys that are kept from
    earlier pieces, a square mask does not fit the scores any more.
    """

    symptoms = {
        "It stops with an error about shapes, although self-attention on whole sequences works.": "raises",
    }
    hints = (
        "Run it with as many keys as queries, and then with a few more. What is the first shape that does not fit?",
        "Every mask here has two sizes. What does each of them count, and from which array is it read?",
        "Follow the length of what asks and the length of what is looked at through the program, from the arrays in "
        "which they are known to the places where they are used, and give each of the two a colour. Wherever a table "
        "of queries by keys is made or asked for, both colours should meet; look for a place where one of them is "
        "missing.",
    )
    follow_ups = {
        "Why is it found so late?": (
            "Most models and nearly all tests use self-attention on whole sequences, where the two lengths agree."
        ),
        "Could broadcasting hide it?": (
            "Yes, for a single query: its mask has one entry, which is stretched over all the keys where numpy may "
            "broadcast it."
        ),
    }
    sources = ("github.com/harvard-edge/cs249r_book#1875", "github.com/huggingface/transformers#48356")

    also_right = (
        Fix(
            "The memory knows itself how many positions it has.",
            "self._mask($x.shape[1], $x.shape[1], lengths, causal)",
            "self._mask($x.shape[1], len(memory[0]), lengths, causal)",
        ),
        Fix(
            "The keys that are about to be looked at have as many positions as the mask needs columns.",
            "return self._attend($x, $keys, $values, causal_mask($x.shape[1], $x.shape[1]))",
            "return self._attend($x, $keys, $values, causal_mask($x.shape[1], $keys.shape[-2]))",
        ),
        Fix(
            "The array that the mask is joined with already has both sizes, in this order.",
            "$v &= causal_mask($x.shape[1], $x.shape[1])",
            "$v &= causal_mask($v.shape[1], $v.shape[2])",
        ),
        Fix(
            "Any one of the kept sequences has the length that counts the columns.",
            "np.stack([causal_mask($x.shape[1], $x.shape[1])] * len($x))",
            "np.stack([causal_mask($x.shape[1], len(self.seen[0]))] * len($x))",
        ),
    )
    treats_symptom = (
        Fix(
            "Without a mask nothing clashes, and a position sees those behind it in its own piece.",
            "return self._attend($x, $keys, $values, causal_mask($x.shape[1], $x.shape[1]))",
            "return self._attend($x, $keys, $values, None)",
        ),
        Fix(
            "Leaving the padding in sight does not give the mask another number of columns.",
            "self._mask($x.shape[1], $x.shape[1], lengths, causal)",
            "self._mask($x.shape[1], $x.shape[1], None, causal)",
        ),
    )
    rewrites = (
        *(
            Rewrite(
                f"$mask($x.shape[1], $m.shape[{axis}], $*rest)", "$mask($x.shape[1], $x.shape[1], $*rest)", mask=MASK
            )
            for axis in (1, 2, -2)
        ),
        Rewrite("$mask(len($x), len($m), $*rest)", "$mask(len($x), len($x), $*rest)", mask=MASK),
        Rewrite("$nq, $nk = $x.shape[$i], $m.shape[$i]", "$nq, $nk = $x.shape[$i], $x.shape[$i]", nq=QUERIES, nk=KEYS),
    )

    examples = (
        Example(
            "mask = causal_mask(x.shape[1], memory.shape[1])",
            "mask = causal_mask(x.shape[1], x.shape[1])",
        ),
        Example(
            "n_q, n_k = q.shape[-2], k.shape[-2]",
            "n_q, n_k = q.shape[-2], q.shape[-2]",
        ),
        Example(
            "visible = self.make_mask(len(queries), len(keys), causal)",
            "visible = self.make_mask(len(queries), len(queries), causal)",
        ),
    )
    untouched = (
        "mask = causal_mask(x.shape[1], x.shape[1])",
        "scores = np.zeros((q.shape[1], k.shape[1]))",
        "distances = pairwise(a.shape[1], b.shape[1])",
        "n, m = x.shape[0], y.shape[0]",
    )
