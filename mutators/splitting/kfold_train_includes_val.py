"""Rows of the fold that is tested are among those that the model is fitted on."""

from bugforge import Example, Fix, Mutator, Rewrite, role

FOLDS = role.named("fold", "part", "chunk", "split", "block", "bin", "fold_indice", "indice")
FOLD_OF = role.named("fold", "fold_of", "fold_id", "assignment", "fold_number", "row", "fold_index")


class KfoldTrainIncludesVal(Mutator):
    """The fold that is held out is fitted on as well, so the test rows are no news to the model.

    Cross-validation asks how a model does on rows it has not seen. The training part of a round is therefore everything
    except the fold of that round. Once that fold slips in, a model that learns by heart is right on all of it, and the
    more flexible a model is the better it looks.
    """

    symptoms = {
        "Some rows of a fold are fitted on and tested in the same round.": "rows are lost, or in two parts",
    }
    hints = (
        "Use a model that only looks its rows up. What should its score be on rows that it has never seen?",
        "For each round, intersect the row numbers that are fitted with those that are tested.",
        "The rows of a round are meant to fall into two piles, and every row belongs on exactly one of them. Take "
        "three folds of two rows each, write down by hand which rows the second round fits and which it tests, and "
        "compare the sizes of the two piles with the size of the table.",
    )
    follow_ups = {
        "Which models would hardly show it?": (
            "Stiff ones with few parameters: a straight line through a thousand rows does not know its own rows better."
        ),
        "Can the same leak happen with disjoint row numbers?": (
            "Yes: by duplicated rows, by several rows of one person, or by preprocessing fitted before the folds are "
            "made."
        ),
    }
    sources = ("github.com/whitead/dmol-book#250", "github.com/JuliaAI/DecisionTree.jl#133")

    also_right = (
        Fix(
            "Joining every fold but the one in question leaves it out.",
            "$folds[:$i] + $folds[$i:]",
            "[part for j, part in enumerate($folds) if j != $i]",
            folds=FOLDS,
        ),
        Fix(
            "The rows that are not in the fold are those whose number is another one.",
            "np.arange(len($fold))",
            "np.flatnonzero(~($fold == i))",
            fold=FOLD_OF,
        ),
    )
    treats_symptom = (
        Fix(
            "Dropping one row of what is fitted still leaves most of the fold in it.",
            "np.concatenate($folds[:$i] + $folds[$i:])",
            "np.concatenate($folds[:$i] + $folds[$i:])[:-1]",
            folds=FOLDS,
        ),
        Fix(
            "Every second row is fewer rows, and half of the tested fold is still among them.",
            "np.arange(len($fold))",
            "np.arange(0, len($fold), 2)",
            fold=FOLD_OF,
        ),
    )
    rewrites = (
        Rewrite("$folds[:$i] + $folds[$i + 1:]", "$folds[:$i] + $folds[$i:]", folds=FOLDS),
        Rewrite("np.flatnonzero($fold != $i)", "np.arange(len($fold))", fold=FOLD_OF),
        Rewrite("np.where($fold != $i)[0]", "np.arange(len($fold))", fold=FOLD_OF),
        Rewrite(
            "[$f for $j, $f in enumerate($folds) if $j != $i]", "[$f for $j, $f in enumerate($folds)]", folds=FOLDS
        ),
        Rewrite("np.setdiff1d($all, $folds[$i])", "$all", folds=FOLDS),
    )
    examples = (
        Example(
            "train = np.concatenate(folds[:i] + folds[i + 1:])",
            "train = np.concatenate(folds[:i] + folds[i:])",
        ),
        Example(
            "def cv(fold, k):\n    return [(np.flatnonzero(fold != i), np.flatnonzero(fold == i)) for i in range(k)]\n",
            "def cv(fold, k):\n    return [(np.arange(len(fold)), np.flatnonzero(fold == i)) for i in range(k)]\n",
        ),
        Example(
            "train = np.setdiff1d(rows, folds[j])",
            "train = rows",
        ),
        Example(
            "train = np.where(fold_of != k)[0]\ntest = np.where(fold_of == k)[0]\n",
            "train = np.arange(len(fold_of))\ntest = np.where(fold_of == k)[0]\n",
        ),
    )
    untouched = (
        "rest = names[:i] + names[i + 1:]",
        "changed = np.flatnonzero(old != new)",
        "others = [x for j, x in enumerate(values) if j != i]",
    )
