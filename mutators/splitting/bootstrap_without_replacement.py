"""The bootstrap sample is drawn without putting anything back."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, role

SIZE = ~role.LITERAL
FORMS = ("(0, $n, size=$n)", "($n, size=$n)", "(0, $n, $n)")
DRAWS = role.like(*(f"$rng.{draw}{form}" for draw in ("integers", "randint") for form in FORMS), n=SIZE)
MATRIX = role.like(*(f"$rng.integers({lowest}$n, size=($b, $n))" for lowest in ("0, ", "")), n=SIZE)  # a row a resample
CHOICES = ("choice($n, size=$n", "choice($n, $n", "choice($n, size=len($n)", "choice($n, len($n)")


class BootstrapWithoutReplacement(Mutator):
    """What is drawn is a permutation: as many as there are, and each exactly once.

    A bootstrap sample imitates a second sample from the same source, in which some rows come twice and about a third
    not at all. As many as there are, drawn without replacement, are the very same rows in another order. Whatever does
    not depend on the order is then the same for every resample: means do not vary, an interval made of them has no
    width, and of a forest no row is left out of any bag to judge the trees by.
    """

    symptoms = {
        "All resamples give one and the same estimate, up to rounding.": "resamples are drawn otherwise",
        "Whatever the users of one arm do, they add nothing to the spread of the differences.": "an arm does not vary",
        "Every bag holds every row, and each just once.": "rows are drawn otherwise",
        "There is nothing out of any bag, so the score that comes from such rows is missing.": (
            "NaN & rows are drawn otherwise"
        ),
    }
    hints = (
        "Count how many different rows one resample has, and how many it should have.",
        "A resample of n rows should miss about a third of them. Which ones does this one miss?",
        "Put ten numbered balls into an urn and take out ten, in the two ways that there are. After one of them you "
        "know "
        "beforehand which balls you hold. Decide which of the two ways this program goes, and which of them can "
        "imitate "
        "what a second sample of the same size would have looked like.",
    )
    follow_ups = {
        "Which share of the rows does a bootstrap sample of n rows miss?": (
            "Each row is missed with the chance (1 - 1/n)^n, which is close to 1/e, or 37 %."
        ),
        "Is drawing without replacement ever right for an ensemble?": (
            "Yes, for fewer rows than there are: subsampling half of them gives members that differ, and is called "
            "pasting."
        ),
    }
    sources = ("github.com/aehrc/VariantSpark#99", "github.com/neulab/compare-mt#109")

    also_right = (
        Fix(
            "Uniform numbers from 0 to n, rounded down, are row numbers that may come again.",
            "$rng.permuted(np.tile(np.arange($n), ($b, 1)), axis=1)",
            "($rng.random(($b, $n)) * $n).astype(int)",
        ),
        Fix(
            "Unless it is told otherwise, choice puts back what it has drawn.",
            "$rng.permutation($n)",
            "$rng.choice($n, size=$n)",
        ),
    )
    treats_symptom = (
        Fix(
            "Half of a random order differs from row to row, but none of its numbers comes twice.",
            "$rng.permuted(np.tile(np.arange($n), ($b, 1)), axis=1)",
            "$rng.permuted(np.tile(np.arange($n), ($b, 1)), axis=1)[:, : $n // 2]",
        ),
        Fix(
            "One value fewer is drawn: estimates vary a little, and none of the values comes twice.",
            "rng.choice($x, size=len($x), replace=False)",
            "rng.choice($x, size=len($x) - 1, replace=False)",
        ),
        Fix(
            "Half of the rows are no longer all of them, but they are too few, and none of them comes twice.",
            "$rng.permutation($n)",
            "$rng.permutation($n)[: $n // 2]",
        ),
    )
    rewrites = (
        *(Rewrite(f"$rng.{c}, replace=True)", f"$rng.{c}, replace=False)", n=SIZE) for c in CHOICES),
        *(Rewrite(f"$rng.{c})", f"$rng.{c}, replace=False)", n=SIZE) for c in CHOICES),
        Rewrite("$df.sample($*how, frac=1, replace=True)", "$df.sample($*how, frac=1)"),
        Rewrite("$df.sample($*how, n=len($df), replace=True)", "$df.sample($*how, n=len($df))"),
        Rewrite("random.choices($x, k=len($x))", "random.sample($x, k=len($x))"),
        Rewrite(
            "resample($*tables, replace=True)", "resample($*tables, replace=False)", tables=~role.keyword("n_samples")
        ),
    )
    examples = (
        Example(
            "def bag(self, n):\n    return self.rng.integers(0, n, size=n)\n",
            "def bag(self, n):\n    return self.rng.permutation(n)\n",
        ),
        Example(
            "means = [np.random.choice(x, size=len(x), replace=True).mean() for _ in range(999)]",
            "means = [np.random.choice(x, size=len(x), replace=False).mean() for _ in range(999)]",
        ),
        Example(
            "boot = df.sample(frac=1, replace=True, random_state=b)",
            "boot = df.sample(frac=1, random_state=b)",
        ),
        Example(
            "means = x[rng.integers(0, n, size=(B, n))].mean(axis=1)",
            "means = x[rng.permuted(np.tile(np.arange(n), (B, 1)), axis=1)].mean(axis=1)",
        ),
        Example(
            "idx = rng.choice(n_samples, n_samples)\ntree.fit(X[idx], y[idx])\n",
            "idx = rng.choice(n_samples, n_samples, replace=False)\ntree.fit(X[idx], y[idx])\n",
        ),
    )
    untouched = (
        "table = rng.integers(0, k, size=(n, k_columns))",
        "labels = rng.integers(0, k, size=n)",
        "rows = rng.integers(0, n, size=batch_size)",
        "half = rng.choice(n, size=n // 2, replace=True)",
        "coins = rng.integers(2, size=2)",
        "walk = rng.choice(states, size=len(steps), p=transition)",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """A choice that puts nothing back, or a permutation in place of whole numbers that are drawn one by one."""
        yield from super().mutate(code)
        program = code.program
        for node in program.parents:
            match node:
                case cst.Call(cst.Attribute(generator, cst.Name("integers" | "randint"))) if DRAWS.test(
                    code.canonical.term(node), code
                ):
                    positions = [arg.value for arg in node.args if arg.keyword is None]
                    bound = positions[1] if len(positions) > 1 else positions[0]
                    text = f"{program.text(generator)}.permutation({program.text(bound)})"
                    yield Change(node, (program.replace(node, text),))
                case cst.Call(cst.Attribute(generator, cst.Name("integers"))) if MATRIX.test(
                    code.canonical.term(node), code
                ):
                    bound = node.args[-2].value
                    rows = cst.ensure_type(node.args[-1].value, cst.Tuple).elements[0].value
                    whole = f"np.tile(np.arange({program.text(bound)}), ({program.text(rows)}, 1))"
                    text = f"{program.text(generator)}.permuted({whole}, axis=1)"
                    yield Change(node, (program.replace(node, text),))
