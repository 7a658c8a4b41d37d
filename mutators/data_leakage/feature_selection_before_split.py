"""The features are chosen with the labels of all rows."""

from typing import Any

from bugforge import Example, Fix, Mutator, Rewrite, fact, role, vocabulary

ROLES: dict[str, Any] = {
    "X_train": role.NAME & role.TRAIN & ~role.TARGET,
    "y_train": role.NAME & role.TRAIN & role.TARGET,
    "X": fact.table_of("X_train"),
    "y": fact.table_of("y_train"),
}
SELECTOR = role.named("selector", "selection", "select", "kbest", "rfe", "sel") | role.call(vocabulary.SELECTOR)
CHOICES = (
    "select_features({X}, {y}, $*how)",
    "select_features({X}.drop($*columns), {y}, $*how)",
    "$sklearn.f_classif({X}, {y})",
    "$sklearn.mutual_info_classif({X}, {y}, $*how)",
    "{X}.corrwith({y}, $*how)",
)


class FeatureSelectionBeforeSplit(Mutator):
    """Columns are ranked by their relation to the target over held-out rows too.

    Choosing columns by the labels is learning from the labels. With the held-out ones among them, the columns that stay
    are those that happen to fit these very rows: among thousands of columns of noise some always do, and the model then
    seems to predict what cannot be predicted. Unlike a leak through a mean this one can lift the score from chance to
    nearly perfect.
    """

    symptoms = {
        "I changed values in held-out rows only, and the model came out different.": "changes with held-out rows",
    }
    hints = (
        "Feed it pure noise with many columns and few rows. What should the test score be?",
        "Flip the labels of the held-out rows. Which of the fitted things may change, and which do?",
        "Before the model is fitted, something else has already looked at labels. At which ones?",
    )
    follow_ups = {
        "Would a selection that never looks at y be safe?": (
            "Nearly: dropping constant columns over all rows leaks the features of the test set, not its labels, and "
            "changes little. In an honest estimate it belongs in the training part all the same."
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

    also_right = (
        Fix(
            "The rows of the training part can be looked up in the whole table by their labels.",
            "select_features(X.drop(columns=category), y, k)",
            "select_features(X.loc[X_train.index].drop(columns=category), y.loc[X_train.index], k)",
        ),
        Fix(
            "A mask over the columns leaves out the category as well as drop does; the rows are those of training.",
            "select_features(X.drop(columns=category), y, k)",
            "select_features(X_train.loc[:, X_train.columns != category], y_train, k)",
        ),
    )
    treats_symptom = (
        Fix(
            "The labels of the validation rows still choose, and those rows are later used to tune the threshold.",
            "select_features(X.drop(columns=category), y, k)",
            "select_features(X_rest.drop(columns=category), y_rest, k)",
        ),
    )
    rewrites = (
        *(
            Rewrite(choice.format(X="$X_train", y="$y_train"), choice.format(X="$X", y="$y"), **ROLES)
            for choice in CHOICES
        ),
        Rewrite("$selector.fit($X_train, $y_train)", "$selector.fit($X, $y)", selector=SELECTOR, **ROLES),
        Rewrite(
            "$out = $selector.fit_transform($X_train, $y_train)",
            "$out = $selector.fit($X, $y).transform($X_train)",
            selector=SELECTOR,
            **ROLES,
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
