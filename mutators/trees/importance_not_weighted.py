"""The importance of a column counts every split alike, whatever the number of rows in it."""

from bugforge import Example, Fix, Mutator, Rewrite, role

GAIN = role.named("gain", "decrease", "reduction", "improvement", "gained", "info_gain", "impurity_decrease")
IMPORTANCE = role.named("importance", "feature_importance", "importances", "gained", "contribution", "total_gain")


class ImportanceNotWeighted(Mutator):
    """Gains are added up without the rows that they were made on, so deep small nodes weigh as much as the root.

    A gain is a fall of impurity per row of its node. What a split does for the whole tree is that fall times the rows
    that pass it. Added up plainly, a split of the last four rows, which often is perfect, counts for more than a root
    that sorts a thousand, and columns of many values, which are used near the leaves, rise in the list.
    """

    symptoms = {
        "The importances are not the shares that I add up by hand from the splits of the tree.": (
            "importances are wrong"
        ),
    }
    hints = (
        "Which splits decide the ranking of the columns, those at the top or those at the bottom?",
        "Compare the importance of a column that parts all rows with that of one that parts the last three.",
        "Say in words what one gain is the fall of, and for how many rows it holds. Then ask how the falls of nodes of "
        "very different size can be put into one sum that says what a column has done for the table as a whole.",
    )
    follow_ups = {
        "When do both ways rank alike?": "In a tree of one split, and where every column parts nodes of like sizes.",
        "What else is wrong with importance by gain?": (
            "It is measured on the training rows and favours columns of many values; permutation on held-out rows does "
            "neither."
        ),
    }
    sources = ("github.com/scikit-learn/scikit-learn#11464",)

    also_right = (
        Fix(
            "The labels of a node are as many as its rows.",
            "self.importances[$column] += $gain",
            "self.importances[$column] += y.shape[0] * $gain",
            gain=GAIN,
        ),
    )
    treats_symptom = (
        Fix(
            "Counting the splits of a column says even less of the rows that they part.",
            "$importances[$column] += $gain",
            "$importances[$column] += 1",
            importances=IMPORTANCE,
            gain=GAIN,
        ),
    )
    rewrites = (
        Rewrite(
            "$importances[$column] += $n * $gain", "$importances[$column] += $gain", importances=IMPORTANCE, gain=GAIN
        ),
        Rewrite(
            "$importances[$column] += $n / $total * $gain",
            "$importances[$column] += $gain",
            importances=IMPORTANCE,
            gain=GAIN,
        ),
    )
    examples = (
        Example("self.importances[feature] += len(y) * gain", "self.importances[feature] += gain"),
        Example("importance[j] += n_node / n * decrease", "importance[j] += decrease"),
        Example(
            "feature_importances[best] += info_gain * n_samples",
            "feature_importances[best] += info_gain",
        ),
    )
    untouched = (
        "totals[j] += n * price",
        "importances[j] += gain",
        "gains[j] = n * gain",
    )
