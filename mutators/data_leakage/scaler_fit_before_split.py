"""The scaler learns from all rows, not from the training rows alone."""

from collections.abc import Iterator

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, fact, place, role, vocabulary

SCALER = role.called(vocabulary.SCALING) | role.exactly("sc", "ss")
FEATURES = role.named(
    "x", "df", "data", "features", "frame", "table", "set", "inputs", "images", "rows"
) | role.exactly("train", "training", "tr")
TRAINING = role.NAME & role.TRAIN & ~role.TARGET
PART = (TRAINING & FEATURES) | role.like("$table[$rows]", "$table.iloc[$rows]", rows=role.NAME & role.TRAIN)
PAIRS = ({"mean", "std"}, {"mean", "var"}, {"min", "max"})


class ScalerFitBeforeSplit(Mutator):
    """Mean and spread, or minimum and maximum, are taken over the held-out rows too.

    Scaling is a part of the model: what it learns ends up in every training feature. Learned from all rows, it carries
    something of the test set into the fit, and the score no longer speaks of rows the model knows nothing of. The
    effect on the metric is mostly tiny, which is why nobody sees it there; with few rows, or an outlier among those
    held out, it need not be.
    """

    symptoms = {
        "The means and scales used for training move when I edit held-out rows.": (
            "changes with held-out rows & columns are scaled otherwise"
        ),
    }
    hints = (
        "Change a held-out row and compare everything that was fitted. What moves?",
        "List the numbers that are learned before the model is, and the rows that each of them is learned from.",
        "Which rows do the statistics of the scaling see?",
    )
    follow_ups = {
        "Why will a test score hardly ever reveal this?": (
            "Mean and spread of all rows differ little from those of the training rows, and no label is involved. "
            "Change a held-out row and compare what was fitted: that shows it at once."
        ),
        "How do you keep it from coming back?": (
            "Put scaler and model into one pipeline object and hand that to the cross-validation, so "
            "that nothing is fitted outside of it."
        ),
    }
    sources = (
        "github.com/scikit-learn/scikit-learn#24695",
        "github.com/scikit-learn/scikit-learn#17619",
        "github.com/intro-stat-learning/ISLP_labs#21",
    )

    also_right = (
        Fix(
            "Since fit returns the scaler, making it and fitting it to the training part can be one line.",
            "$scaler = StandardScaler()\n$scaler.fit(pd.concat([X_train, X_test, X_valid])[$columns])",
            "$scaler = StandardScaler().fit(X_train[$columns])",
        ),
        Fix(
            "The frame that fit_transform returns may go unused: what it learns is that of the training part.",
            "$scaler.fit(pd.concat([X_train, X_test, X_valid])[$columns])",
            "$scaler.fit_transform(X_train[$columns])",
        ),
    )
    treats_symptom = (
        Fix(
            "The test rows are left out, but mean and spread of the validation rows still go into the features.",
            "$scaler.fit(pd.concat([X_train, X_test, X_valid])[$columns])",
            "$scaler.fit(pd.concat([X_train, X_valid])[$columns])",
        ),
        Fix(
            "If every part is scaled by itself, equal rows of two parts turn into different features.",
            "scaler.transform($part)",
            "StandardScaler().fit_transform($part)",
        ),
    )
    examples = (
        Example(
            "X_train, X_test, y_train, y_test = self.split(X, y)\nscaler = StandardScaler().fit(X_train)\n",
            "X_train, X_test, y_train, y_test = self.split(X, y)\nscaler = StandardScaler().fit(X)\n",
        ),
        Example(
            "X_train, X_test = X[:n_train], X[n_train:]\nX_train = scaler.fit_transform(X_train)\n",
            "X_train, X_test = X[:n_train], X[n_train:]\nX_train = scaler.fit(X).transform(X_train)\n",
        ),
        Example("mu, sd = X[train].mean(axis=0), X[train].std(axis=0)", "mu, sd = X.mean(axis=0), X.std(axis=0)"),
        Example(
            "train, test = df.iloc[order[:cut]], df.iloc[order[cut:]]\n"
            "mean = train[columns].mean()\nstd = train[columns].std() + 1e-8\n",
            "train, test = df.iloc[order[:cut]], df.iloc[order[cut:]]\n"
            "mean = df[columns].mean()\nstd = df[columns].std() + 1e-8\n",
        ),
        Example(
            "def limits(X_train, X_test):\n    low = np.min(X_train, axis=0)\n    high = np.max(X_train, axis=0)\n",
            "def limits(X_train, X_test):\n    low = np.min(np.concatenate([X_train, X_test]), axis=0)\n"
            "    high = np.max(np.concatenate([X_train, X_test]), axis=0)\n",
        ),
    )
    untouched = (
        "X_train, X_test = X[:n], X[n:]\nmodel.fit(X_train)\n",
        "y_train, y_test = y[:n], y[n:]\nbaseline = y_train.mean()\nspread = y_train.std()\n",
        "def fit(self, X):\n    self.scaler.fit(X)\n",
        "train_loss, test_loss = run()\nsummary = train_loss.mean(), train_loss.std()\n",
        "X_train = data['X_train']\nscaler.fit(X_train)\n",
        "scale = fit(X_train)\n",
        "X_train = data[:, :-1]\nlow, high = X_train.min(0), X_train.max(0)\n",
        "X_train = data[:n, :-1]\nscaler.fit(X_train)\n",
    )

    rewrites = tuple(
        Rewrite(f"$scaler.{right}", f"$scaler.{wrong}", scaler=SCALER, part=TRAINING, rows=fact.all_rows_of("part"))
        for right, wrong in (
            ("fit($part)", "fit($rows)"),
            ("fit($part[$columns])", "fit($rows[$columns])"),
            ("fit_transform($part)", "fit($rows).transform($part)"),
            ("fit_transform($part[$columns])", "fit($rows[$columns]).transform($part[$columns])"),
        )
    )
    statistics = {
        name: [
            Rewrite(f"np.{name}({part}, $*how)", f"np.{name}({rows}, $*how)", part=held, rows=fact.all_rows_of("part"))
            for part, rows, held in (("$part", "$rows", PART), ("$part[$columns]", "$rows[$columns]", TRAINING))
        ]
        for name in sorted(set().union(*PAIRS))
    }

    def mutate(self, code: Code) -> Iterator[Change]:
        """Besides scalers, the pairs of statistics that one function keeps of one training part."""
        yield from super().mutate(code)
        kept: dict[tuple[str, str], dict[str, list[Change]]] = {}
        for name, rewrites in self.statistics.items():
            for change in (c for rewrite in rewrites for c in rewrite.changes(code) if place.KEPT.holds(code, c.node)):
                (edit,) = change.edits
                part = code.program.function_of(change.node), code.program.source[edit.start : edit.end]
                kept.setdefault(part, {}).setdefault(name, []).append(change)
        for found in kept.values():
            if any(pair <= found.keys() for pair in PAIRS):
                yield Change.together([change for same in found.values() for change in same])
