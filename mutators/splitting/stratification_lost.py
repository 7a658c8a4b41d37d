"""The classes are not shared out: how many rows of each a part has is left to chance."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary


class StratificationLost(Mutator):
    """Rows are dealt out without a look at their class, though each part was to have its share of every class.

    A random part has the right shares only on average. Of a class with five rows among five folds one fold may have
    three and two folds none; there recall is undefined, and the scores of the folds differ for no other reason than
    luck. Sharing out the rows of each class by themselves takes that luck away.
    """

    symptoms = {
        "A rare class is missing in one part and crowded in another.": "classes are shared out unevenly",
    }
    hints = (
        "Count the rows of the rarest class in every part.",
        "With five rows of a class and five parts: how many should each have, and what keeps it so?",
        "A part that is drawn at random is fair on average, and the task asks for more than that. Look for the place "
        "where the labels have a say in which row goes where, follow the labels from the argument on, and ask what "
        "they still decide.",
    )
    follow_ups = {
        "Is a split without strata wrong?": (
            "No, it is unbiased; its scores vary more, and metrics per class may be undefined in a part."
        ),
        "How would you stratify a regression?": "By bins of the target, as quantiles, or by sorting and dealing out.",
    }
    sources = ("github.com/py-why/EconML#804",)

    where = place.function(vocabulary.DEALING) | place.statement(vocabulary.DEALING)
    also_right = (
        Fix(
            "Ordered by class, and within a class by random numbers, the rows of each are dealt out in turn.",
            "$order = rng.permutation(len($y))",
            "$order = np.lexsort((rng.random(len($y)), $y))",
        ),
    )
    treats_symptom = (
        Fix(
            "Without the shuffle the rows of a class are spread by their place in the table, if they happen to be.",
            "$order = rng.permutation(len($y))",
            "$order = np.arange(len($y))",
        ),
    )
    rewrites = (
        Rewrite(
            "$order = $order[np.argsort($y[$order], $*how)]\n...\nreturn $r",
            "...\nreturn $r",
            y=role.TARGET | role.named("class", "classe"),
        ),
        Rewrite("train_test_split($*data, stratify=$y)", "train_test_split($*data)"),
        Rewrite("train_test_split($*data, stratify=$y, random_state=$s)", "train_test_split($*data, random_state=$s)"),
        Rewrite("StratifiedKFold($*how)", "KFold($*how)"),
        Rewrite("$df.groupby($y).sample(frac=$f)", "$df.sample(frac=$f)"),
        Rewrite("$df.groupby($y).sample(frac=$f, random_state=$s)", "$df.sample(frac=$f, random_state=$s)"),
    )
    examples = (
        Example(
            "def folds(y, k, rng):\n    order = rng.permutation(len(y))\n"
            '    order = order[np.argsort(y[order], kind="stable")]\n    fold = np.empty(len(y), int)\n'
            "    fold[order] = np.arange(len(y)) % k\n    return fold\n",
            "def folds(y, k, rng):\n    order = rng.permutation(len(y))\n    fold = np.empty(len(y), int)\n"
            "    fold[order] = np.arange(len(y)) % k\n    return fold\n",
        ),
        Example(
            "X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y)",
            "X_train, X_test, y_train, y_test = train_test_split(X, y)",
        ),
        Example(
            "def holdout(df):\n    return df.groupby('label').sample(frac=0.2, random_state=0)\n",
            "def holdout(df):\n    return df.sample(frac=0.2, random_state=0)\n",
        ),
    )
    untouched = (
        "order = order[np.argsort(scores[order])]",
        "train, test = train_test_split(X, y)",
        "means = df.groupby('label').mean()",
    )
