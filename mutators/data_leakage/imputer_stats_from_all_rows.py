"""Gaps are filled with a statistic of all rows."""

from typing import Any

from bugforge import Example, Fix, Mutator, Rewrite, fact, role, vocabulary

TRAIN = role.NAME & role.TRAIN & ~role.TARGET
FILL = role.named("fill", "filler", "median", "mode", "default", "replacement", "impute", "imputation", "medians")
IMPUTER = role.named("imputer", "imp", "impute", "filler") | role.call(vocabulary.IMPUTER)
FILLS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("$fill = $train.median($*how)", "$fill = $whole.median($*how)", {"fill": FILL}),
    ("$fill = $train[$columns].median($*how)", "$fill = $whole[$columns].median($*how)", {"fill": FILL}),
    ("$fill = np.mean($train[$columns], $*how)", "$fill = np.mean($whole[$columns], $*how)", {"fill": FILL}),
    ("np.nanmean($train, $*how)", "np.nanmean($whole, $*how)", {}),
    ("np.nanmedian($train, $*how)", "np.nanmedian($whole, $*how)", {}),
    ("$imputer.fit($train)", "$imputer.fit($whole)", {"imputer": IMPUTER}),
    ("$imputer.fit_transform($train)", "$imputer.fit($whole).transform($train)", {"imputer": IMPUTER}),
    (
        "$value = $train[$column].median()\n...\n$out = $x.fillna($value)",
        "$value = $whole[$column].median()\n...\n$out = $x.fillna($value)",
        {},
    ),
    ("$x.fillna($train[$column].median())", "$x.fillna($whole[$column].median())", {}),
    ("$x.fillna(np.mean($train[$column]))", "$x.fillna(np.mean($whole[$column]))", {}),
)


class ImputerStatsFromAllRows(Mutator):
    """The fill value of a column, its median or mean, is taken over held-out rows as well.

    A fill value is learned from data and written into training rows wherever something is missing. Taken from all rows,
    it carries the values of the test set into the training set, and the test rows are filled with knowledge of
    themselves: neither happens when the model meets a row that came in after training.
    """

    symptoms = {
        "The value that fills the gaps of a column is not the one of the training rows.": (
            "gaps are filled otherwise & statistics are not those of the training rows"
        ),
    }
    hints = (
        "Which of the numbers that belong to the training rows change when a held-out row does?",
        "Look at the cells that were empty in the raw table.",
        "Where does the number in those cells come from, and from which rows was it computed?",
    )
    follow_ups = {
        "Is it a leak if the labels are never touched?": (
            "Yes. The model and its inputs must be fixed before a held-out row is looked at; features leak just as "
            "labels do, mostly with less effect on the score."
        ),
        "When may the fill value be taken from the test rows?": (
            "Never in an estimate of how the model does on new rows: there may be one such row, and its gap has no "
            "median."
        ),
    }
    sources = ("github.com/dhopp1/nowcast_lstm#13", "github.com/pycaret/pycaret#353")

    also_right = (
        Fix(
            "Picking the training rows out of the whole table by their labels gives the same medians.",
            "$fill = X[$columns].median()",
            "$fill = X.loc[X_train.index, $columns].median()",
        ),
        Fix(
            "Taking the medians of the training part first and choosing the columns afterwards comes to the same.",
            "$fill = X[$columns].median()",
            "$fill = X_train.median(numeric_only=True)[$columns]",
        ),
    )
    treats_symptom = (
        Fix(
            "Only the test rows are spared; the validation rows still decide what fills the gaps of the training part.",
            "$fill = X[$columns].median()",
            "$fill = X_rest[$columns].median()",
        ),
        Fix(
            "A constant leaks nothing, but a gap then looks like a value of 0, which may be far off the column.",
            "$fill = X[$columns].median()",
            "$fill = pd.Series(0.0, index=$columns)",
        ),
    )
    rewrites = tuple(
        Rewrite(right, wrong, train=TRAIN, whole=fact.table_of("train"), **roles) for right, wrong, roles in FILLS
    )
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
