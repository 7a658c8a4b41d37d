"""A cluster without rows is not looked after."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

CENTER = role.named("center", "centre", "centroid", "cluster_center", "mean", "mu", "c", "updated", "means")
MEAN = role.has(role.call("mean", "average")) & role.has(
    role.that(lambda term: term.kind == "subscript" or role.spelled(term) is not None)
)
SIZE = role.that(
    lambda term: (
        term.kind == "count"
        or (term.kind == "call" and term.value in ("any", "sum", "count_nonzero"))
        or (role.spelled(term) or "") in ("size", "count", "counts", "n", "n_k", "n_members", "sizes")
    )
)
COUNTS = role.has(role.named("count", "size", "n_k", "member", "population"))


class KmeansEmptyCluster(Mutator):
    """The centre of a cluster that lost all its rows becomes the mean of nothing.

    A far centre, or more clusters than distinct rows, leaves a cluster empty. The mean of an empty slice is NaN with a
    warning. All distances to that centre are NaN then, and argmin takes a NaN for the smallest, so every row moves to
    the dead cluster. With the next means that centre is back, and all the others, left without rows, are NaN.
    """

    symptoms = {
        "On data with repeated points some centers come out as NaN.": "NaN & empty clusters go wrong",
    }
    hints = (
        "Turn warnings into errors and see which line complains first.",
        "Ask for more clusters than there are different rows.",
        "Which rows are averaged for a centre that no row is assigned to?",
    )
    follow_ups = {
        "What can be done with an empty cluster?": (
            "Keep its centre, move it to the row that is farthest from its own centre, or drop it. scikit-learn moves "
            "it; keeping it is the simplest and may leave the cluster empty for good."
        ),
        "Does k-means++ prevent it?": (
            "It makes it rare, because every centre starts on a row of its own. With duplicates it can still happen."
        ),
    }
    sources = (
        "github.com/EdoardoBotta/RQ-VAE-Recommender#27",
        "github.com/subhadarship/kmeans_pytorch#41",
        "github.com/koraykv/unsup#1",
    )

    also_right = (
        Fix(
            "A round that skips the cluster without rows, after copying its centre, leaves it where it was.",
            "$mine = $labels == $j\n$new[$j] = np.mean($X[$mine], axis=0)",
            "$mine = $labels == $j\nif not $mine.any():\n    $new[$j] = centers[$j]\n    continue\n"
            "$new[$j] = np.mean($X[$mine], axis=0)",
        ),
    )
    treats_symptom = (
        Fix(
            "The NaN is gone, and the empty cluster has been moved to the origin instead of being left in place.",
            "$new[$j] = np.mean($X[$mine], axis=0)",
            "$new[$j] = np.nan_to_num(np.mean($X[$mine], axis=0))",
        ),
        Fix(
            "Counting at least one row avoids 0 / 0; a sum of no rows still puts the centre at the origin.",
            "$new[$j] = np.mean($X[$mine], axis=0)",
            "$new[$j] = np.sum($X[$mine], axis=0) / max($mine.sum(), 1)",
        ),
    )
    rewrites = (
        Rewrite("$mean if $size else $old", "$mean", mean=MEAN, size=SIZE, old=role.has(CENTER)),
        Rewrite("$mean if $size > 0 else $old", "$mean", mean=MEAN, size=SIZE, old=role.has(CENTER)),
        Rewrite("$old if $size == 0 else $mean", "$mean", mean=MEAN, size=SIZE, old=role.has(CENTER)),
        Rewrite("if $size:\n    $center = $mean", "$center = $mean", mean=MEAN, size=SIZE, center=CENTER),
        Rewrite("if $size > 0:\n    $center = $mean", "$center = $mean", mean=MEAN, size=SIZE, center=CENTER),
        Rewrite(
            "if $size > 0:\n    $center = $mean\nelse:\n    $center = $other",
            "$center = $mean",
            mean=MEAN,
            size=SIZE,
            center=CENTER,
        ),
        Rewrite(
            "if $size == 0:\n    $center = $old\nelse:\n    $center = $mean",
            "$center = $mean",
            mean=MEAN,
            size=SIZE,
            center=CENTER,
        ),
        Rewrite("if $n > 0:\n    $center /= $n", "$center /= $n", center=CENTER),
        Rewrite("if $n > 0:\n    $center = $total / $n", "$center = $total / $n", center=CENTER),
        Rewrite(
            "if $size == 0:\n    continue\n...\n$center = $mean",
            "...\n$center = $mean",
            mean=MEAN,
            size=SIZE,
            center=CENTER,
        ),
        Rewrite(
            "if $size == 0:\n    continue\n$center = $mean",
            "$center = $mean",
            mean=MEAN,
            size=SIZE,
            center=CENTER,
        ),
        Rewrite("np.maximum($counts, 1)", "$counts", function=vocabulary.UPDATING_CENTERS, counts=COUNTS),
    )
    examples = (
        Example(
            "updated[j] = X[members].mean(axis=0) if members.any() else centers[j]",
            "updated[j] = X[members].mean(axis=0)",
        ),
        Example(
            "C = np.array([X[lab == k].mean(axis=0) if np.sum(lab == k) > 0 else C[k] for k in range(len(C))])",
            "C = np.array([X[lab == k].mean(axis=0) for k in range(len(C))])",
        ),
        Example(
            "for k in range(n):\n    points = X[labels == k]\n    if len(points) > 0:\n"
            "        centroids[k] = points.mean(axis=0)\n",
            "for k in range(n):\n    points = X[labels == k]\n    centroids[k] = points.mean(axis=0)\n",
        ),
        Example(
            "for k in range(n):\n    mask = labels == k\n    if mask.sum() == 0:\n        continue\n"
            "    self.centers[k] = np.mean(X[mask], axis=0)\n",
            "for k in range(n):\n    mask = labels == k\n    self.centers[k] = np.mean(X[mask], axis=0)\n",
        ),
        Example(
            "def update(X, labels, k):\n    counts = np.bincount(labels, minlength=k)\n"
            "    return sums / np.maximum(counts, 1)[:, None]\n",
            "def update(X, labels, k):\n    counts = np.bincount(labels, minlength=k)\n"
            "    return sums / counts[:, None]\n",
        ),
    )
    untouched = (
        "average = x.mean() if len(x) else 0.0",
        "if len(points) > 0:\n    plot(points)\n",
        "step = X[rows].mean(axis=0) if momentum else gradient",
        "def score(counts):\n    return hits / np.maximum(counts, 1)\n",
    )
