"""Out-of-fold target encoding falls back on the mean label of all rows."""

from bugforge import Example, Fix, Mutator, Rewrite, role

OUTSIDE = role.that(lambda term: (term.kind, term.value) in (("compare", "!="), ("unary", "~")))
REST = role.named("rest", "other", "others", "train", "tr", "trn", "fit", "in_fold", "outside", "keep") | (
    OUTSIDE & role.has(role.HELD_OUT | role.named("fold", "held", "part", "k"))
)
PRIOR = role.named("prior", "fallback", "base_rate") | role.exactly(
    "global_mean", "overall_mean", "grand_mean", "overall"
)

PARTS = (
    "$part = $df.iloc[$rest]",
    "$part = $df.iloc[$rest, :]",
    "$part = $df[$rest]",
    "$part, $*others = $df.iloc[$rest], $*rows",
)


class OofPriorLeak(Mutator):
    """The prior that smooths a fold's encoding is computed with the labels of that fold.

    The means by category come from the other folds, as they should, but the overall mean they are pulled towards does
    not. A rare category, or one that the other folds lack, is encoded by little else than this prior, and the prior
    holds the row's own label: with n rows each of them moves it by 1/n. The leak is small, and as soon as categories
    are frequent it is gone from sight.
    """

    symptoms = {
        "A row's encoding moves when I flip that row's own label.": "a row is encoded by its own label",
    }
    hints = (
        "Encode a table in which every category occurs once. On what may a row's number depend then?",
        "The mean of a category is one ingredient of the encoding. Which others are there?",
        "From which rows does the number come that a category without any rows falls back on?",
    )
    follow_ups = {
        "Why may a test with frequent categories miss it?": (
            "There the sums and counts of the other folds outweigh the prior, and one label moves it by 1/n at most, "
            "which a tolerance hides. With categories of one row the prior is all there is."
        ),
        "May the encoding for held-out rows use the prior of all training rows?": (
            "Yes. Their labels are not among the training labels, so nothing of their own comes back to them."
        ),
    }
    sources = ("github.com/bijay-odyssey/edaprep#36", "github.com/bijay-odyssey/edaprep#58")

    also_right = (
        Fix(
            "The labels that are not held out are those of the other folds.",
            "prior = y.mean()\nrates = $rates",
            "prior = y[~held].mean()\nrates = $rates",
        ),
        Fix(
            "Taking the fold's own labels off the total leaves the mean of the other folds.",
            "prior = y.mean()\nrates = $rates",
            "prior = (y.sum() - y[held].sum()) / rest.sum()\nrates = $rates",
        ),
    )
    treats_symptom = (
        Fix(
            "Without smoothing the rates lose the prior, but keys that the other folds lack still fall back on it.",
            "target_rates(keys[rest], y[rest], prior)",
            "target_rates(keys[rest], y[rest], prior, smoothing=0.0)",
        ),
        Fix(
            "One half knows no label at all, and is no estimate of the base rate where the classes are unequal.",
            "prior = y.mean()\nrates = $rates",
            "prior = 0.5\nrates = $rates",
        ),
    )
    rewrites = (
        Rewrite("$prior = np.mean($y[$rest])", "$prior = np.mean($y)", prior=PRIOR, y=role.TARGET, rest=REST),
        Rewrite("$prior = np.mean($y.iloc[$rest])", "$prior = np.mean($y)", prior=PRIOR, y=role.TARGET, rest=REST),
        Rewrite("$encoded.fillna(np.mean($y[$rest]))", "$encoded.fillna(np.mean($y))", y=role.TARGET, rest=REST),
        Rewrite("$means.get($key, np.mean($y[$rest]))", "$means.get($key, np.mean($y))", y=role.TARGET, rest=REST),
        *(
            Rewrite(
                f"{part}\n...\n$prior = np.mean($part[$label])",
                f"{part}\n...\n$prior = np.mean($df[$label])",
                prior=PRIOR,
                rest=REST,
            )
            for part in PARTS
        ),
    )
    examples = (
        Example("prior = y[rest].mean()", "prior = y.mean()"),
        Example("global_mean = np.mean(target[fold != k])", "global_mean = np.mean(target)"),
        Example(
            "out[va] = pd.Series(cat[va]).map(m).fillna(y[rest].mean())",
            "out[va] = pd.Series(cat[va]).map(m).fillna(y.mean())",
        ),
        Example(
            "for train, valid in kfold.split(df):\n    part = df.iloc[train]\n    prior = part['label'].mean()\n"
            "    means = part.groupby('city')['label'].mean()\n",
            "for train, valid in kfold.split(df):\n    part = df.iloc[train]\n    prior = df['label'].mean()\n"
            "    means = part.groupby('city')['label'].mean()\n",
        ),
    )
    untouched = (
        "prior = y_train.mean()",
        "prior = np.mean(y == 1)",
        "baseline = y[train].mean()",
        "prior = counts[k] / counts.sum()",
    )
