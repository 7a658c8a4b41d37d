"""The parentheses around a divisor are gone, so only its first part divides."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator, role

AT_MOST = 3  # places of one program
TINY = role.EPSILON & ~role.named("smooth", "smoothing")


class DivisorWithoutParentheses(Mutator):
    """What stands under the fraction bar is not kept together, and only the first of it divides.

    Python works through divisions and products from the left. In a / b * c the quotient is multiplied by c, in
    a / b + c it has c added to it, while on paper both stand below the bar. The two forms agree where the second part
    happens to be neutral, so a first check with ones, or with a single row, shows nothing.
    """

    symptoms = {
        "Two columns are correlated otherwise once I measure them in other units.": "correlations are wrong",
        "The p-value is not the one that I work out on paper.": "the p-value is wrong",
        "With the bounds that I compute by hand, other hypotheses are rejected.": "other hypotheses are rejected",
        "A value that I can work out on paper comes out as another one.": "a metric by hand is missed",
        "The rates of the categories do not lie between 0 and 1.": "categories are encoded otherwise",
        "The weights that training starts from have another spread than they should.": "starts from other weights",
    }
    hints = (
        "Take the smallest input whose result you can work out on paper, and compare every intermediate value.",
        "Write the formula of this quantity with a horizontal fraction bar. What stands above it, what below, and in "
        "which order does Python work through the line that computes it?",
        "Evaluate the quotient for numbers such as 12, 3 and 2 in the places of its parts, by hand as the formula says "
        "and then as Python reads the line. A slash reaches only as far as the next operator of its own rank or of a "
        "lower one; see which part of the divisor has slipped out from under the bar.",
    )
    follow_ups = {
        "For which inputs do the right form and the wrong one agree?": (
            "Where the part that slipped out is neutral: a factor of one, or a summand of zero. Tests should "
            "avoid both."
        ),
        "Which habit avoids the mistake altogether?": (
            "Give the divisor a name of its own, or divide step by step; a name cannot fall apart."
        ),
    }
    sources = (
        "github.com/trekhleb/homemade-machine-learning#64",
        "github.com/maria-korosteleva/Body-Shape-Estimation#2",
        "github.com/JRMeyer/tensorflow-tutorial#5",
    )

    also_right = (
        Fix(
            "Dividing by one factor after the other is dividing by their product.",
            "$a / n_positive * n_negative",
            "$a / n_positive / n_negative",
        ),
    )
    treats_symptom = (
        Fix(
            "Bounded by 1 the value looks like an area, but it is not the one that was asked for.",
            "return $a / n_positive * n_negative",
            "return min($a / n_positive * n_negative, 1.0)",
        ),
    )
    examples = (
        Example("cost = (1 / (2 * m)) * (r @ r)", "cost = (1 / 2 * m) * (r @ r)"),
        Example("p = (c + 1) / (n + 2)", "p = (c + 1) / n + 2"),
        Example("z = (a - b) / (s * math.sqrt(n))", "z = (a - b) / s * math.sqrt(n)"),
        Example("var = np.sum(d ** 2) / (len(d) - 1)", "var = np.sum(d ** 2) / len(d) - 1"),
    )
    untouched = (
        "y = a / b * c",
        "y = a / (b ** 2)",
        "y = a / (b + 1e-8)",
        "y = a / (norm(b) + eps)",
        "half = (a + b) / 2",
        "p = 1 / (1 + np.exp(-z))",
        "share = a / (a + b)",
        "y = a * (b * c)",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        found = sorted(_fractions(code), key=lambda pair: pair[0])  # products first: nothing looks missing there
        yield from (change for _, change in found[:AT_MOST])


def _fractions(code: Code) -> Iterator[tuple[int, Change]]:
    """Every division by a product, sum or difference in parentheses, with how plain it would be to see."""
    program = code.program
    for node in program.parents:
        if not isinstance(node, cst.BinaryOperation) or not isinstance(node.operator, cst.Divide):
            continue
        divisor = node.right
        if not isinstance(divisor, cst.BinaryOperation) or len(divisor.lpar) != 1:
            continue
        is_product = isinstance(divisor.operator, cst.Multiply)
        if not is_product and not isinstance(divisor.operator, (cst.Add, cst.Subtract)):
            continue
        terms = code.canonical.term(divisor)
        if not is_product and any(TINY.holds(part, code) for part in terms.children):
            continue
        if program.text(divisor.left) in ("1", "1.0", program.text(node.left)):
            continue  # a quotient that is plainly senseless gives itself away
        start, end = program.outer_span(divisor)
        if "\n" not in program.source[start:end]:
            yield 0 if is_product else 1, Change(node, (Edit(start, end, program.text(divisor)),))
