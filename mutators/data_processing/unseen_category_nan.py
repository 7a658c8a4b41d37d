"""A category without an entry in the fitted mapping gets no fallback."""

from bugforge import Example, Fix, Mutator, Rewrite, role

FUNCTIONS = role.named("function", "func", "f") | role.exactly("len", "int", "float", "str", "bool", "type")
MAPPING = role.VARIABLE & ~FUNCTIONS & ~role.that(lambda term: any(child.value == "str" for child in term.children[:1]))
CODES = role.named(
    "mapping", "map", "rates", "means", "codes", "encoding", "encodings", "table", "lookup", "counts", "freq", "vocab"
)


class UnseenCategoryNan(Mutator):
    """Keys that the mapping lacks come out as NaN instead of the value kept for them.

    A mapping that is fitted to training rows knows their categories only. New rows bring others, and missing ones, and
    `map` turns each into NaN without a word. From there NaN spreads: through a sum of products into the score of the
    row, through a mean into that of everybody, or into an error in a model that refuses it.
    """

    symptoms = {
        "Some rows get no number for their category, and NaN spreads from there.": (
            "NaN & categories are encoded otherwise"
        ),
        "A category that training did not have is not told by the value that is set aside for it.": (
            "categories are encoded otherwise"
        ),
    }
    hints = (
        "Encode a key that does not occur in the training rows.",
        "Which values can the encoding take for rows that were not there when it was fitted?",
        "What does `map` return for a key that the mapping does not have, and who deals with it?",
    )
    follow_ups = {
        "Which value should an unseen category get?": (
            "The one that says nothing: for a target rate the overall mean, for a count 0, for indicators a row of "
            "zeros, for a code one that is set aside for it."
        ),
        "Why may tests on held-out rows of the same table miss this?": (
            "With frequent categories, and no key missing, all keys are in the training part too. Put in one by hand."
        ),
    }
    sources = ("github.com/feature-engine/feature_engine#105",)

    also_right = (
        Fix(
            "Keys that the table of rates lacks get the prior, and the others keep what map has found.",
            "return $keys.map($rates)",
            "return $keys.map($rates).where($keys.isin($rates.index), prior)",
        ),
        Fix(
            "get has a default for a key that is not there, which is the prior.",
            "return $keys.map($rates)",
            "return $keys.map(lambda key: $rates.get(key, prior))",
        ),
    )
    treats_symptom = (
        Fix(
            "A rate of 0 claims that rows of a new category are never of class 1.",
            "return $keys.map($rates)",
            "return $keys.map($rates).fillna(0)",
        ),
        Fix(
            "The mean of the rates counts rare and frequent categories alike and is not the prior.",
            "return $keys.map($rates)",
            "return $keys.map($rates).fillna($rates.mean())",
        ),
    )
    rewrites = (
        Rewrite("$keys.map($mapping).fillna($fallback)", "$keys.map($mapping)", mapping=MAPPING),
        Rewrite(
            "$keys.map($mapping).fillna($fallback)",
            "$keys.map($mapping.fillna($fallback))",
            mapping=MAPPING,
        ),
        Rewrite("$keys.map($mapping.get).fillna($fallback)", "$keys.map($mapping.get)"),
        Rewrite("$z = $keys.map($mapping)\n$z = $z.fillna($fallback)", "$z = $keys.map($mapping)", mapping=MAPPING),
        Rewrite("[$codes.get($key, $fallback) for $key in $keys]", "[$codes.get($key) for $key in $keys]", codes=CODES),
        Rewrite(
            "$keys.apply(lambda $k: $codes.get($k, $fallback))", "$keys.apply(lambda $k: $codes.get($k))", codes=CODES
        ),
    )
    examples = (
        Example("z = city.map(rates).fillna(prior)", "z = city.map(rates.fillna(prior))"),
        Example("encoded = cat.map(rates).fillna(prior)", "encoded = cat.map(rates)"),
        Example(
            "df['city'] = df['city'].map(self.mapping_)\ndf['city'] = df['city'].fillna(self.prior_)\n",
            "df['city'] = df['city'].map(self.mapping_)\n",
        ),
        Example("codes = [vocab.get(word, 0) for word in words]", "codes = [vocab.get(word) for word in words]"),
    )
    untouched = (
        "age = df['age'].fillna(median)",
        "answer = df['answer'].map({'yes': 1, 'no': 0})",
        "text = df['text'].map(str.lower).fillna('')",
        "options = [settings.get(name, None) for name in names]",
    )
