"""The features are chosen with the labels of all rows."""

import re

from bugforge import Example, Mutator, Rewrite, role

TABLE = role.NAME & ~role.TRAIN & ~role.HELD_OUT
ROLES = {
    "X_train": role.NAME & role.TRAIN & ~role.TARGET,
    "y_train": role.NAME & role.TRAIN & role.TARGET,
    "X": TABLE & ~role.TARGET,
    "y": TABLE & role.TARGET,
    "selector": role.named("selector", "selection", "select", "kbest", "rfe", "sel")
    | role.Constraint(lambda term: term.kind == "call" and re.match("Select|RFE|VarianceThreshold", term.value)),
}
SPLITS = (
    "$X_train, $X_test, $y_train, $*others = train_test_split($X, $y, $*settings)",
    "$X_train, $X_test, $y_train, $*others = $model_selection.train_test_split($X, $y, $*settings)",
    "$X_train, $X_test, $y_train, $*others = split($X, $y, $*settings)",
    "$X_train, $X_test, $y_train, $*others = $X[$rows], $X[$held], $y[$rows], $*rest",
    "$X_train, $X_test, $y_train, $*others = $X.iloc[$rows], $X.iloc[$held], $y.iloc[$rows], $*rest",
    "$X_train, $y_train = $X[$rows], $y[$rows]",
    "$X_train = $X[$rows]\n$y_train = $y[$rows]",
)
CHOICES = (
    "$out = select_features({X}, {y}, $*how)",
    "$out = select_features({X}.drop($*columns), {y}, $*how)",
    "$out = $sklearn.f_classif({X}, {y})",
    "$out = $sklearn.mutual_info_classif({X}, {y}, $*how)",
    "$out = {X}.corrwith({y}, $*how)",
    "$out = {X}.corrwith({y}, $*how).abs()",
    "$selector.fit({X}, {y})",
    "$out = $selector.fit({X}, {y})",
)


def _rewrite(split: str, right: str, wrong: str) -> Rewrite:
    before = f"{split}\n...\n{right}"
    used = {name: held for name, held in ROLES.items() if re.search(rf"\${name}\b", before)}
    return Rewrite(before, f"{split}\n...\n{wrong}", **used)


class FeatureSelectionBeforeSplit(Mutator):
    """Columns are ranked by their relation to the target over held-out rows too.

    Choosing columns by the labels is learning from the labels. With the held-out ones among them, the columns that
    stay are those that happen to fit these very rows: among thousands of columns of noise some always do, and the
    model then seems to predict what cannot be predicted. Unlike a leak through a mean this one can lift the score
    from chance to nearly perfect.
    """

    difficulty = "medium"
    symptom = "With 40 rows and 2,000 columns the test score is splendid; on next month's rows it is chance."
    hints = (
        "Feed it pure noise with many columns and few rows. What should the test score be?",
        "Flip the labels of the held-out rows. Which of the fitted things may change, and which do?",
        "Before the model is fitted, something else has already looked at labels. At which ones?",
    )
    follow_ups = {
        "Would a selection that never looks at y be safe?": (
            "Nearly: dropping constant columns over all rows leaks the features of the test set, not its labels, and "
            "changes little. In an honest estimate it belongs into the training part all the same."
        ),
        "Where does the selection belong under cross-validation?": (
            "Inside every fold. Each fold may then choose other columns, and that variation is part of the estimate."
        ),
    }
    sources = (
        "github.com/pycaret/pycaret#1874",
        "github.com/alteryx/open_source_demos#5",
        "github.com/WillKoehrsen/machine-learning-project-walkthrough#5",
    )

    rewrites = (
        *(
            _rewrite(split, choice.format(X="$X_train", y="$y_train"), choice.format(X="$X", y="$y"))
            for split in SPLITS
            for choice in CHOICES
        ),
        *(
            _rewrite(
                split,
                "$out = $selector.fit_transform($X_train, $y_train)",
                "$out = $selector.fit($X, $y).transform($X_train)",
            )
            for split in SPLITS
        ),
        Rewrite("np.corrcoef($X[$rows].T, $y[$rows])", "np.corrcoef($X.T, $y)", rows=role.TRAIN),
    )
    examples = (
        Example(
            "X_train, X_test, y_train, y_test = split(X, y)\nselector = SelectKBest().fit(X_train, y_train)\n",
            "X_train, X_test, y_train, y_test = split(X, y)\nselector = SelectKBest().fit(X, y)\n",
        ),
        Example(
            "X_train, y_train = X[train], y[train]\nstrength = X_train.corrwith(y_train).abs()\n",
            "X_train, y_train = X[train], y[train]\nstrength = X.corrwith(y).abs()\n",
        ),
        Example("score = np.abs(np.corrcoef(X[tr].T, y[tr])[-1, :-1])", "score = np.abs(np.corrcoef(X.T, y)[-1, :-1])"),
        Example(
            "X_train = X[order[:cut]]\ny_train = y[order[:cut]]\nX_train = kbest.fit_transform(X_train, y_train)\n",
            "X_train = X[order[:cut]]\ny_train = y[order[:cut]]\nX_train = kbest.fit(X, y).transform(X_train)\n",
        ),
    )
    untouched = (
        "X_train, X_test, y_train, y_test = train_test_split(X, y)\nmodel.fit(X_train, y_train)\n",
        "strength = X.corrwith(y).abs()",
        "X_train, y_train = X[train], y[train]\nscaler.fit(X_train, y_train)\n",
        "correlation = np.corrcoef(X.T)",
    )
