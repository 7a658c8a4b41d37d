"""A row's own label is part of the number that encodes its category."""

import re
from collections.abc import Iterator

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, Term, role


def _word(term: Term) -> str:
    """What a column is called: a string's text, or the word of a variable."""
    return term.value.strip("'") if term.kind == "string" else role.spelled(term) or ""


OUTSIDE = role.that(lambda term: (term.kind, term.value) in (("compare", "!="), ("unary", "~")))
REST = role.named("rest", "other", "others", "train", "tr", "trn", "fit", "in_fold", "outside", "keep") | (
    OUTSIDE & role.has(role.HELD_OUT | role.named("fold", "held", "part", "k"))
)
LABEL = role.TARGET | role.that(
    lambda term: bool(re.fullmatch(r"y|target|label|\w+_target|\w+_label|target_?\w+", _word(term), re.IGNORECASE))
)
ENCODER = role.named("target_encoder", "target_enc", "mean_encoder") | role.call("TargetEncoder", "MeanEncoder")
LEARNERS = ("target_rates", "target_means", "target_encoding", "mean_encoding", "smoothed_means", "fit_encoding")


class TargetEncodingInSample(Mutator):
    """The mean target of a category is taken over all rows, those it is written to among them.

    Without smoothing each of the k rows of a category sees its own label with weight 1/k, and a category of one row is
    encoded by its label itself; smoothing only weakens this. The model trusts that column more than it deserves: a new
    row brings no label along. Encoding each row by the folds it is not in removes its label from its own features.
    """

    symptoms = {
        "If I flip the label of one row, the encoding of that same row changes.": ("a row is encoded by its own label"),
    }
    hints = (
        "Change the label of one training row. Which of its features may change?",
        "What does a category that occurs only once get as its encoding?",
        "When a fold is encoded, whose labels go into the means?",
    )
    follow_ups = {
        "Does smoothing towards the overall mean cure this?": (
            "It shrinks the weight of a row's own label from 1/k to 1/(k + m) and does not make it 0."
        ),
        "Which encoding do held-out rows get?": (
            "The one from all training rows: their labels are not among them, so no folds are needed."
        ),
    }
    sources = (
        "github.com/jeongyoonlee/Kaggler#35",
        "github.com/feature-engine/feature_engine#1050",
        "github.com/scikit-learn/scikit-learn#25334",
    )

    also_right = (
        Fix(
            "Labels that are blanked out in the fold enter neither the sums nor the counts of the rates.",
            "target_rates(keys, y, prior)",
            "target_rates(keys, y.where(rest), prior)",
        ),
        Fix(
            "Rows that are not held out are the other folds, whichever of the two masks says so.",
            "target_rates(keys, y, prior)",
            "target_rates(keys[~held], y[~held], prior)",
        ),
    )
    treats_symptom = (
        Fix(
            "More smoothing makes the row's own label weigh less, but it is still counted.",
            "target_rates(keys, y, prior)",
            "target_rates(keys, y, prior, smoothing=20.0)",
        ),
        Fix(
            "Noise blurs the leaked label and the honest part of the rate alike.",
            "encoded[held] = apply_rates(keys[held], rates, prior)",
            "encoded[held] = apply_rates(keys[held], rates, prior) + rng.normal(scale=0.01, size=held.sum())",
        ),
    )
    rewrites = (
        *(
            Rewrite(f"{learn}($keys[$rest], $y[$rest], $*how)", f"{learn}($keys, $y, $*how)", y=role.TARGET, rest=REST)
            for learn in LEARNERS
        ),
        Rewrite("$y[$rest].groupby($keys[$rest])", "$y.groupby($keys)", y=role.TARGET, rest=REST),
        Rewrite("pd.Series($y[$rest]).groupby($keys[$rest])", "pd.Series($y).groupby($keys)", y=role.TARGET, rest=REST),
        Rewrite("$df.iloc[$rest].groupby($key)[$y]", "$df.groupby($key)[$y]", y=LABEL, rest=REST),
        Rewrite("$df[$rest].groupby($key)[$y]", "$df.groupby($key)[$y]", y=LABEL, rest=REST),
        Rewrite("($total - $y) / ($count - 1)", "$total / $count", y=role.TARGET),
        Rewrite(
            "($total - $y + $pull) / ($count - 1 + $weight)", "($total + $pull) / ($count + $weight)", y=role.TARGET
        ),
        Rewrite("$encoder.fit_transform($X, $y)", "$encoder.fit($X, $y).transform($X)", encoder=ENCODER),
    )
    examples = (
        Example(
            "m = pd.Series(y[rest]).groupby(cat[rest]).mean()",
            "m = pd.Series(y).groupby(cat).mean()",
        ),
        Example("means = y[fold != k].groupby(keys[fold != k]).mean()", "means = y.groupby(keys).mean()"),
        Example(
            "for rest, held in folds:\n    part, own = df.iloc[rest], df.iloc[held]\n"
            "    df.loc[held, 'rate'] = own[city].map(part.groupby(city)['label'].mean())\n",
            "for rest, held in folds:\n    part, own = df.iloc[rest], df.iloc[held]\n"
            "    df.loc[held, 'rate'] = own[city].map(df.groupby(city)['label'].mean())\n",
        ),
        Example(
            "def encode(df, k):\n    others = df[fold != k]\n    return others.groupby(column)[target].mean()\n",
            "def encode(df, k):\n    return df.groupby(column)[target].mean()\n",
        ),
        Example("encoded = (total - y) / (count - 1)", "encoded = total / count"),
        Example(
            "Z_train = TargetEncoder().fit_transform(X_train, y_train)",
            "Z_train = TargetEncoder().fit(X_train, y_train).transform(X_train)",
        ),
    )
    untouched = (
        "rates = y_train.groupby(X_train['city']).mean()",
        "counts = df.iloc[train].groupby('city').size()",
        "prices = df.iloc[train].groupby('city')['price'].mean()",
        "part = df[df.kind != 'test']\nmeans = part.groupby('city')['label'].mean()\n",
        "variance = (total - mean) / (count - 1)",
        "X_train = scaler.fit_transform(X_train, y_train)",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        yield from super().mutate(code)
        program = code.program
        for chosen in code.canonical.by_kind.get("subscript", ()):
            grouped, column = chosen.children[0], chosen.children[1]
            if grouped.kind == "call" and grouped.value == "groupby" and LABEL.holds(column):
                part = next(iter(grouped.children[0].children), grouped)
                if role.NAME.holds(part) and (table := _table(code, part)):
                    yield Change(part.origin, (program.replace(part.origin, table.value),))


def _table(code: Code, part: Term) -> Term | None:
    """The table that a part has the rows outside a fold of."""
    binding = code.scopes.binding(part.value, part.node) if part.node else None
    cut = code.canonical.term(binding.value) if binding and binding.value else None
    if cut is None or cut.kind != "subscript" or not REST.holds(cut.children[1]):
        return None
    return next((term for term in cut if role.NAME.holds(term)), None)
