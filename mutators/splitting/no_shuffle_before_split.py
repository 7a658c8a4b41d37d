"""The rows are dealt out in the order they came in."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

COUNT = role.COUNT | role.named("rows", "samples", "total", "length")
GENERATOR = role.named("rng", "random", "generator", "random_state", "rs", "np_random")


PARTS = (
    "$part = $order[$rows]",
    "$part = $table[$order[$rows]]",
    "$part, $*others = $order[$rows], $*rest",
    "$part, $*others = $table[$order[$rows]], $*rest",
)


class NoShuffleBeforeSplit(Mutator):
    """No permutation is applied, and the order of the file decides which part a row goes to.

    Tables come sorted: by class, by date, by customer, by the file they were read from. Rows that are dealt out by
    their position are then no random sample of the whole. A block at the end may hold only a class the model never saw,
    every fifth row may be the same weekday, and the seed changes nothing about it.
    """

    symptoms = {
        "Whatever seed I take, the same rows are tested.": "the split is no random one",
    }
    hints = (
        "Is each part a fair sample of the whole table?",
        "Feed it rows that are sorted by label. What do the parts look like?",
        "Does the order of the rows in the file decide which part a row goes to?",
    )
    follow_ups = {
        "When is not shuffling the right thing?": (
            "For rows in time: the model must be tested on the future, and a random split would let it look there."
        ),
        "Does shuffling guarantee that both parts hold all classes?": (
            "Only with high probability, and not for rare ones. Stratify: deal out each class by itself."
        ),
    }
    sources = ("github.com/encord-team/text-to-image-eval#74",)

    also_right = (
        Fix(
            "Drawing all positions without putting any back is a random order as well.",
            "np.arange(len($rows))",
            "rng.choice(len($rows), size=len($rows), replace=False)",
        ),
        Fix(
            "Sorting random numbers puts the positions into a random order.",
            "order = np.arange(len($rows))",
            "order = np.argsort(rng.random(len($rows)))",
        ),
        Fix(
            "The fold numbers can be shuffled instead of the rows: the folds keep their sizes.",
            "fold = np.arange(len($keys)) % $k",
            "fold = rng.permutation(np.arange(len($keys)) % $k)",
        ),
    )
    treats_symptom = (
        Fix(
            "The order is random, but not drawn from the generator that was passed, so no seed repeats it.",
            "$order = np.arange($n)",
            "$order = np.random.permutation($n)",
        ),
        Fix(
            "Positions drawn one by one repeat: some rows are dealt out twice and others never.",
            "order = np.arange(len($rows))",
            "order = rng.integers(len($rows), size=len($rows))",
        ),
        Fix(
            "A fold drawn for each row by itself is random, but the folds are no longer of one size.",
            "fold = np.arange(len($keys)) % $k",
            "fold = rng.integers($k, size=len($keys))",
        ),
    )
    rewrites = (
        Rewrite("$rng.permutation($n)", "np.arange($n)", function=vocabulary.DEALING, rng=GENERATOR, n=COUNT),
        Rewrite(
            "$order = $rng.permutation($n)",
            "$order = np.arange($n)\n$rng.permutation($order)",
            function=vocabulary.DEALING,
            rng=GENERATOR,
            n=COUNT,
        ),
        Rewrite(
            "$rng.permutation($rows)", "$rows", function=vocabulary.DEALING, rng=GENERATOR, rows=role.ARRAY & ~COUNT
        ),
        Rewrite("np.random.permutation($n)", "np.arange($n)", n=COUNT, function=vocabulary.DEALING),
        Rewrite("$order = np.arange($n)\n$rng.shuffle($order)", "$order = np.arange($n)", function=vocabulary.DEALING),
        Rewrite(
            "$order = list(range($n))\n$rng.shuffle($order)", "$order = list(range($n))", function=vocabulary.DEALING
        ),
        *(
            Rewrite(
                f"$order = $rng.permutation($n)\n...\n{part}",
                f"$order = np.arange($n)\n...\n{part}",
                n=COUNT,
                part=role.TRAIN | role.HELD_OUT,
            )
            for part in PARTS
        ),
        *(
            Rewrite(
                f"{at}train_test_split($*data, shuffle=True)",
                f"{at}train_test_split($*data, shuffle=False)",
                data=~role.keyword("stratify"),  # which asks for shuffling
            )
            for at in ("", "$sklearn.")
        ),
        *(
            Rewrite(before.format(at), after.format(at))
            for at in ("", "$sklearn.")
            for before, after in (
                ("{}KFold(n_splits=$k, shuffle=True)", "{}KFold(n_splits=$k)"),
                ("{}KFold(n_splits=$k, shuffle=True, random_state=$seed)", "{}KFold(n_splits=$k)"),
            )
        ),
    )
    examples = (
        Example(
            "def split(X, rng):\n    order = rng.permutation(len(X))\n    return X[order[:9]], X[order[9:]]\n",
            "def split(X, rng):\n    order = np.arange(len(X))\n    rng.permutation(order)\n"
            "    return X[order[:9]], X[order[9:]]\n",
        ),
        Example(
            "def split(X, y, rng):\n    order = rng.permutation(len(X))\n    return X[order[:9]], X[order[9:]]\n",
            "def split(X, y, rng):\n    order = np.arange(len(X))\n    return X[order[:9]], X[order[9:]]\n",
        ),
        Example(
            "def k_fold(self, X):\n    indices = np.arange(X.shape[0])\n    self.rng.shuffle(indices)\n"
            "    return np.array_split(indices, self.k)\n",
            "def k_fold(self, X):\n    indices = np.arange(X.shape[0])\n    return np.array_split(indices, self.k)\n",
        ),
        Example(
            "order = np.random.permutation(n)\nX_train, X_test = X[order[:80]], X[order[80:]]\n",
            "order = np.arange(n)\nX_train, X_test = X[order[:80]], X[order[80:]]\n",
        ),
        Example(
            "def split(X, rng):\n    rows, _ = X.shape\n    order = rng.permutation(rows)\n    return order[:9]\n",
            "def split(X, rng):\n    rows, _ = X.shape\n    order = np.arange(rows)\n    return order[:9]\n",
        ),
        Example(
            "def split(X, seed):\n    rng = np.random.default_rng(seed)\n    order = rng.permutation(len(X))\n"
            "    return X[order]\n",
            "def split(X, seed):\n    order = np.arange(len(X))\n    return X[order]\n",
        ),
        Example(
            "from sklearn.model_selection import KFold\nfolds = KFold(n_splits=5, shuffle=True, random_state=0)\n",
            "from sklearn.model_selection import KFold\nfolds = KFold(n_splits=5)\n",
        ),
    )
    untouched = (
        "def minibatches(X, rng):\n    order = rng.permutation(len(X))\n",
        "def split(X):\n    order = np.argsort(X[:, 0])\n",
        "def importance(X, j, rng):\n    X[:, j] = rng.permutation(X[:, j])\n",
        "def fold(x):\n    return rng.integers(len(x))\n",
        "train, test = train_test_split(df, stratify=df['y'], shuffle=True)",
        "def split(self, rng):\n    order = rng.permutation(self.number)\n    return order[:9], order[9:]\n",
    )
