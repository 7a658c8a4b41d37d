"""Gaps are filled with a statistic of all rows."""

import re

from bugforge import Example, Mutator, Rewrite, role

TABLE = role.NAME & ~role.TRAIN & ~role.HELD_OUT & ~role.TARGET
ROLES = {
    "train": role.NAME & role.TRAIN & ~role.TARGET,
    "whole": TABLE,
    "rows": ~role.LITERAL & ~role.named("column", "col", "feature", "name", "key", "predictor"),
    "fill": role.named("fill", "filler", "median", "mode", "default", "replacement", "impute", "imputation", "medians"),
    "imputer": role.named("imputer", "imp", "impute", "filler")
    | role.Constraint(lambda term: term.kind == "call" and term.value.endswith("Imputer")),
}
SPLITS = (
    "$train, $*others = train_test_split($whole, $*options)",
    "$train, $*others = $sklearn.train_test_split($whole, $*options)",
    "$train, $*others = split($whole, $*options)",
    "$train, $*others = $whole[$rows], $*rest",
    "$train, $*others = $whole.iloc[$rows], $*rest",
    "$train = $whole[$rows]",
    "$train = $whole.iloc[$rows]",
    "$train = $whole.loc[$rows]",
)
FILLS = (
    ("$fill = $train.median($*how)", "$fill = $whole.median($*how)"),
    ("$fill = $train[$columns].median($*how)", "$fill = $whole[$columns].median($*how)"),
    ("$fill = np.mean($train[$columns], $*how)", "$fill = np.mean($whole[$columns], $*how)"),
    ("$mean = np.nanmean($train, $*how)", "$mean = np.nanmean($whole, $*how)"),
    ("$median = np.nanmedian($train, $*how)", "$median = np.nanmedian($whole, $*how)"),
    ("$imputer.fit($train)", "$imputer.fit($whole)"),
    ("$out = $imputer.fit($train)", "$out = $imputer.fit($whole)"),
    ("$out = $imputer.fit_transform($train)", "$out = $imputer.fit($whole).transform($train)"),
    (
        "$value = $train[$column].median()\n...\n$out = $x.fillna($value)",
        "$value = $whole[$column].median()\n...\n$out = $x.fillna($value)",
    ),
    ("$out = $x.fillna($train[$column].median())", "$out = $x.fillna($whole[$column].median())"),
    ("$out = $x.fillna(np.mean($train[$column]))", "$out = $x.fillna(np.mean($whole[$column]))"),
)


def _rewrite(split: str, right: str, wrong: str) -> Rewrite:
    before = f"{split}\n...\n{right}"
    used = {name: held for name, held in ROLES.items() if re.search(rf"\${name}\b", before)}
    return Rewrite(before, f"{split}\n...\n{wrong}", **used)


class ImputerStatsFromAllRows(Mutator):
    """The fill value of a column, its median or mean, is taken over held-out rows as well.

    A fill value is learned from data and written into training rows wherever something is missing. Taken from all
    rows, it carries the values of the test set into the training set, and the test rows are filled with knowledge of
    themselves: neither happens when the model meets a row that came in after training.
    """

    difficulty = "easy"
    symptom = "Two training files that are equal to the last digit give different features, depending on the test file."
    hints = (
        "Which cells of the training features change when a held-out row does?",
        "Look at the cells that were empty in the raw table.",
        "Where does the number in those cells come from, and from which rows was it computed?",
    )
    follow_ups = {
        "Is it a leak if the labels are never touched?": (
            "Yes. The model and its inputs must be fixed before a held-out row is looked at; features leak just as "
            "labels do, only with less effect on the score."
        ),
        "When may the fill value be taken from the test rows?": (
            "Never in an estimate of how the model does on new rows: there may be one such row, and its gap has no "
            "median."
        ),
    }
    sources = ("github.com/dhopp1/nowcast_lstm#13", "github.com/pycaret/pycaret#353")

    rewrites = tuple(_rewrite(split, right, wrong) for split in SPLITS for right, wrong in FILLS)
    examples = (
        Example(
            "from sklearn.model_selection import train_test_split\n"
            "X_train, X_test, y_train, y_test = train_test_split(X, y)\nfill = X_train.median()\n",
            "from sklearn.model_selection import train_test_split\n"
            "X_train, X_test, y_train, y_test = train_test_split(X, y)\nfill = X.median()\n",
        ),
        Example(
            "train, test = df.iloc[:cut], df.iloc[cut:]\ntest['age'] = test['age'].fillna(train['age'].mean())\n",
            "train, test = df.iloc[:cut], df.iloc[cut:]\ntest['age'] = test['age'].fillna(df['age'].mean())\n",
        ),
        Example(
            "X_train = X[train]\nX_test = X[test]\ncenter = np.nanmedian(X_train, axis=0)\n",
            "X_train = X[train]\nX_test = X[test]\ncenter = np.nanmedian(X, axis=0)\n",
        ),
        Example(
            "X_train, X_test = X[:n], X[n:]\nX_train = SimpleImputer().fit_transform(X_train)\n",
            "X_train, X_test = X[:n], X[n:]\nX_train = SimpleImputer().fit(X).transform(X_train)\n",
        ),
    )
    untouched = (
        "X_train, X_test = X[:n], X[n:]\nX_test = X_test.fillna(0)\n",
        "y_train, y_test = y[:n], y[n:]\nmedian = y_train.median()\n",
        "train = df[features]\nfill = train.median()\n",
        "def fit(self, X):\n    self.fill = X.median()\n",
        "X_train, X_test = X[:n], X[n:]\nmodel.fit(X_train)\n",
    )
