"""The mean over samples is made of means over batches."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary


class BatchMeansAveraged(Mutator):
    """Every batch counts the same, however many samples stand behind its mean.

    A mean over all samples adds up values and counts them. Averaging the means of batches is the same only for batches
    of one size. The last batch of a pass is usually shorter, batches from which samples are left out differ too, and
    each sample of a small batch then weighs more than one of a large batch.
    """

    symptoms = {
        "The same data give another number when they come in other portions.": "the report does not belong together",
        "A handful of samples in a small batch moves the overall score a lot.": "the report does not belong together",
    }
    hints = (
        "Evaluate the same samples once in one piece and once in pieces of unequal length.",
        "Give one batch a hundred samples that score 0 and another a single sample that scores 1. Which overall mean "
        "do you expect, and which is reported?",
        "Something is collected from batch to batch and turned into a mean at the end. Write down what is collected "
        "for a batch of three and for a batch of thirty samples. From these numbers alone, could anybody still "
        "compute the mean over the thirty-three?",
    )
    follow_ups = {
        "Which metrics cannot be averaged over batches at all?": (
            "Those that are no mean over samples: F1, AUC, R2, perplexity, the root of a mean square. They need the "
            "counts, sums or scores of all samples."
        ),
        "How large is the error in practice?": (
            "Small for many equal batches and one shorter; large where batches are documents, users or days of very "
            "different sizes."
        ),
    }
    sources = ("github.com/google/flax#262", "github.com/chainer/chainer#1739")

    also_right = (
        Fix(
            "All values of the batch are appended, so each sample is an entry of its own.",
            "$kept.append(np.mean($values))",
            "$kept += list($values)",
        ),
    )
    treats_symptom = (
        Fix(
            "Weighing by all rows of a batch counts those that were left out.",
            "self.n_queries += 1",
            "self.n_queries += len(answerable)",
        ),
    )
    rewrites = (
        Rewrite(
            "for $name, $metric in $metrics:\n    ...\n    $total += np.sum($values[$keep])\n$n += np.sum($keep)",
            "for $name, $metric in $metrics:\n    ...\n    $total += np.mean($values[$keep])\n$n += 1",
        ),
        Rewrite("$total += np.sum($v)\n$n += len($v)", "$total += np.mean($v)\n$n += 1", v=role.NAME),
        Rewrite(
            "$total += $mean * len($batch)\n$n += len($batch)",
            "$total += $mean\n$n += 1",
            function=vocabulary.COLLECTING,
            batch=role.NAME,
        ),
        Rewrite(
            "$kept.extend($metric($*given)[$which])",
            "$kept.append(np.mean($metric($*given)[$which]))",
            function=vocabulary.COLLECTING,
        ),
        Rewrite(
            "$kept.extend($metric($*given))",
            "$kept.append(np.mean($metric($*given)))",
            function=vocabulary.COLLECTING,
            metric=role.named("metric", "losses", "score", "errors", "per_sample_loss"),
        ),
    )
    examples = (
        Example(
            "for X, y in batches:\n    losses = loss(X, y)\n    total += losses.sum()\n    n += len(losses)\n",
            "for X, y in batches:\n    losses = loss(X, y)\n    total += losses.mean()\n    n += 1\n",
        ),
        Example(
            "def evaluate(batches):\n    for xb, yb in batches:\n        total += mse(xb, yb) * len(xb)\n"
            "        seen += len(xb)\n    return total / seen\n",
            "def evaluate(batches):\n    for xb, yb in batches:\n        total += mse(xb, yb)\n"
            "        seen += 1\n    return total / seen\n",
        ),
        Example(
            "def update(self, y, p):\n    self.values.extend(metric(y, p))\n",
            "def update(self, y, p):\n    self.values.append(np.mean(metric(y, p)))\n",
        ),
    )
    untouched = (
        "rows.extend(parse(line))",
        "def update(self, batch):\n    self.rows.extend(clean(batch))\n",
        "total += x.sum()\ncount += len(y)\n",
        "def step(w):\n    w += rate * len(w)\n    n += len(w)\n",
    )
