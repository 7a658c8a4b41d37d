"""The slice of a mini-batch ends at the batch size instead of one batch further on."""

from collections.abc import Iterator

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, role

BATCH = role.named("batch", "batch_size", "batchsize", "bs", "mini_batch_size", "minibatch_size", "chunk_size")
END = role.named("end", "stop", "finish", "hi", "upper")


class BatchSliceBounds(Mutator):
    """Each slice ends at the batch size, counted from the first row, so every batch but the first is empty.

    The upper bound of a slice is a position, not a length. From start to batch_size is a full batch for start 0 and
    nothing at all for every later one, and Python slices nothing without complaint. An epoch then learns from the
    first rows only, and the mean over an empty batch is NaN.
    """

    symptoms = {
        "Every epoch leaves rows out, and from some batches the loss comes back as NaN.": (
            "NaN & rows are left out of batches, or doubled"
        ),
        "I counted: an epoch does not visit each row exactly once.": "rows are left out of batches, or doubled",
    }
    hints = (
        "Print how many rows each batch of one epoch has.",
        "Put the batches of an epoch together again. Is every row there exactly once?",
        "What does x[8:4] give, and why is that not an error?",
    )
    follow_ups = {
        "How would you test a function that makes batches?": (
            "Feed it distinct numbers and compare the sorted concatenation of the batches with the input, with a "
            "length that is no multiple of the batch size."
        ),
        "Keep the last, smaller batch, or drop it?": (
            "Keep it for evaluation. In training it has a noisier gradient and upsets batch statistics, so many drop "
            "it and reshuffle every epoch."
        ),
    }
    sources = ("github.com/dipy/dipy#3863", "github.com/emanuele/minibatch_kmeans#1")

    also_right = (
        Fix(
            "Once the rows before the start are cut off, the batch size is the right place to stop.",
            "($X[$i : $k], $y[$i : $k])",
            "($X[$i:][:$k], $y[$i:][:$k])",
            k=BATCH,
        ),
    )
    treats_symptom = (
        Fix(
            "Leaving the empty batches out removes the NaN; the rows behind the first batch are still never seen.",
            "[($X[$i : $k], $y[$i : $k]) for $i in $starts]",
            "[($X[$i : $k], $y[$i : $k]) for $i in $starts if $i < $k]",
            k=BATCH,
        ),
        Fix(
            "No batch is empty any more, but every one of them consists of the same first rows.",
            "($X[$i : $k], $y[$i : $k])",
            "($X[:$k], $y[:$k])",
            k=BATCH,
        ),
    )
    rewrites = (
        Rewrite("$x[$i : $i + $k]", "$x[$i : $k]", k=BATCH),
        Rewrite("$x[$i : $i + $k, $rest]", "$x[$i : $k, $rest]", k=BATCH),
        Rewrite("$x[$i * $k : ($i + 1) * $k]", "$x[$i * $k : $k]", k=BATCH),
        Rewrite("min($i + $k, $n)", "min($k, $n)", k=BATCH),
        Rewrite("$end = $i + $k", "$end = $k", end=END, k=BATCH),
    )
    examples = (
        Example(
            "for i in range(0, len(X), batch_size):\n"
            "    xb, yb = X[i : i + batch_size], y[i : i + batch_size]\n"
            "    step(xb, yb)\n",
            "for i in range(0, len(X), batch_size):\n"
            "    xb, yb = X[i : batch_size], y[i : batch_size]\n"
            "    step(xb, yb)\n",
        ),
        Example("rows = order[start : start + self.batch_size]", "rows = order[start : self.batch_size]"),
        Example("batch = X[j * bs : (j + 1) * bs]", "batch = X[j * bs : bs]"),
        Example(
            "begin, end = i, min(i + batch_size, n_samples)",
            "begin, end = i, min(batch_size, n_samples)",
        ),
        Example("end = start + batch_size\nbatch = X[start:end]", "end = batch_size\nbatch = X[start:end]"),
    )
    untouched = (
        "window = x[i : i + width]",
        "head = X[:batch_size]",
        "seen = done + batch_size",
        "x = tokens[i : i + block]",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """The slices of one function that have the same bounds change together: features and labels stay aligned."""
        together: dict[tuple[str, str], list[Change]] = {}
        for change in super().mutate(code):
            bounds = code.program.text(change.node).partition("[")[2] or code.program.text(change.node)
            together.setdefault((code.program.function_of(change.node), bounds), []).append(change)
        for changes in together.values():
            yield Change(changes[0].node, tuple(edit for change in changes for edit in change.edits))
