"""The indicator columns are those of the rows at hand, not the fitted ones."""

from bugforge import Example, Fix, Mutator, Rewrite, role

DUMMIES = role.that(lambda term: term.kind == "call" and any(part.value == "get_dummies" for part in term))


class OneHotColumnMismatch(Mutator):
    """One-hot columns are made from the categories that happen to occur, and are not brought to the fitted ones.

    `get_dummies` looks at the rows it is given: a category that is absent has no column, a new one has its own unless
    it is dropped. Train and test then differ in their columns. If the number differs there is an error; if one category
    is lost and another gained there is none, and column 3 means one city in training and another in testing.
    """

    symptoms = {
        "When one category is missing among the rows to be scored, the columns are no longer those of training.": (
            "other columns"
        ),
    }
    hints = (
        "Encode one row alone. Which columns come out?",
        "Compare the columns of two parts that do not hold the same categories, in order.",
        "Which categories decide about the columns: those seen in training, or those at hand?",
    )
    follow_ups = {
        "When is this bug silent?": (
            "When all parts hold the same categories, when the number of columns agrees by chance, or when frames are "
            "aligned by name later and the gaps filled. Test with one missing and one new category at once."
        ),
        "How do you get fixed columns without reindexing?": (
            "Make the column a Categorical with the levels of training, or compare each key with each level: "
            "keys[:, None] == levels."
        ),
    }
    sources = ("github.com/pandas-dev/pandas#8918",)

    also_right = (
        Fix(
            "A categorical type with the fitted levels has a column for each of them, in their order.",
            "$z = pd.get_dummies(keys, $*how)",
            "$z = pd.get_dummies(keys.astype(pd.CategoricalDtype(levels)), $*how)",
        ),
        Fix(
            "Comparing the keys with one fitted level after another leaves no other columns to come or go.",
            "$z = pd.get_dummies(keys, dtype=float)",
            "$z = pd.DataFrame({level: (keys == level).astype(float) for level in levels})",
        ),
    )
    treats_symptom = (
        Fix(
            "Selecting the levels drops new ones, but raises KeyError for one that these rows lack.",
            "$z = pd.get_dummies(keys, dtype=float)",
            "$z = pd.get_dummies(keys, dtype=float)[levels]",
        ),
        Fix(
            "The argument columns says which columns of a frame to encode; for a Series it has no effect.",
            "$z = pd.get_dummies(keys, dtype=float)",
            "$z = pd.get_dummies(keys, columns=levels, dtype=float)",
        ),
    )
    rewrites = (
        Rewrite("$dummies.reindex(columns=$columns, $*how)", "$dummies", dummies=DUMMIES),
        Rewrite("$dummies.reindex(columns=$columns, $*how)", "$dummies.filter($columns)", dummies=DUMMIES),
        Rewrite(
            "$test = pd.get_dummies($rows, $*options)\n...\n$test = $test.reindex(columns=$columns, $*how)",
            "$test = pd.get_dummies($rows, $*options)\n...",
        ),
        Rewrite(
            "$test = pd.get_dummies($rows, $*options)\n...\n$train, $test = $train.align($test, $*how)",
            "$test = pd.get_dummies($rows, $*options)\n...",
        ),
        Rewrite("pd.get_dummies(pd.Categorical($keys, categories=$levels), $*how)", "pd.get_dummies($keys, $*how)"),
    )
    examples = (
        Example(
            "wide = pd.get_dummies(city).reindex(columns=names, fill_value=0)",
            "wide = pd.get_dummies(city).filter(names)",
        ),
        Example(
            "B = pd.get_dummies(test).reindex(columns=A.columns, fill_value=0)",
            "B = pd.get_dummies(test)",
        ),
        Example(
            "Z = pd.get_dummies(keys, dtype=float).reindex(columns=levels, fill_value=0.0).to_numpy()",
            "Z = pd.get_dummies(keys, dtype=float).to_numpy()",
        ),
        Example(
            "train = pd.get_dummies(train)\ntest = pd.get_dummies(test)\n"
            "test = test.reindex(columns=train.columns, fill_value=0)\n",
            "train = pd.get_dummies(train)\ntest = pd.get_dummies(test)\n",
        ),
        Example("Z = pd.get_dummies(pd.Categorical(city, categories=cities))", "Z = pd.get_dummies(city)"),
    )
    untouched = (
        "df = df.reindex(columns=order)",
        "prices = prices.reindex(index=days, method='ffill')",
        "Z = pd.get_dummies(keys)",
        "a, b = a.align(b, join='inner')",
    )
