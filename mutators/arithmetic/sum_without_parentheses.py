"""The parentheses around a sum are gone, so what stands beside it acts on one term only."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator

AT_MOST = 3  # places of one program
SUMS = (cst.Add, cst.Subtract)


class SumWithoutParentheses(Mutator):
    """A sum or difference is not kept together, and the operator beside it reaches one of its terms alone.

    Products and quotients bind more tightly than sums, and a minus sign reaches as far as the next term. In
    (a + b) / 2 both are halved, in a + b / 2 only b is; y - (p + q) takes away both, y - p + q gives q back. The line
    still reads like the formula when it is spoken aloud, which is why the eye passes over it.
    """

    symptoms = {
        "On paper I get another p-value.": "the p-value is wrong",
        "The ends of the interval are not where the library has them.": "the interval is wrong",
        "The adjustment moves the average, which was to stay where it is.": "the adjusted outcome is another",
        "The gradient and the slope of the loss, measured by small steps, do not agree.": "gradient is not the slope",
        "The loss of a handful of rows is not what I get on paper.": "loss by hand is missed",
        "Rates that should lie between 0 and 1 do not.": "categories are encoded otherwise",
        "A metric is far from the value that I get on paper.": "a metric by hand is missed",
        "The columns are on different levels, where all of them should be centred.": "columns are scaled otherwise",
        "The gain of a split is not the one that I work out by counting.": "impurity by hand is missed",
        "The split that is taken is not the best one.": "another split is chosen",
    }
    hints = (
        "Work out one value on paper, in the order of the formula, and then once more in the order of the operators.",
        "Which terms belong together here? Say the formula with the words 'all of it' where they are meant.",
        "Python multiplies and divides before it adds, and a minus sign reaches no further than the next term. Go "
        "through the line that computes the quantity operator by operator and bracket what each one really takes. At "
        "one place that is less than the formula means.",
    )
    follow_ups = {
        "For which numbers do both forms agree?": (
            "Where the terms that are left out of reach are zero, and where the operator beside them is neutral."
        ),
        "How can such a line be written so that nobody has to count parentheses?": (
            "Give the sum a name of its own, or use a function: np.mean of two values needs no parentheses."
        ),
    }
    sources = ("github.com/bfortuner/ml-glossary#52", "github.com/LINCellularNeuroscience/VAME#44")

    also_right = (
        Fix(
            "Half of each value is half of their sum.",
            "$v[:-1] + $v[1:] / 2",
            "$v[:-1] / 2 + $v[1:] / 2",
        ),
    )
    treats_symptom = (
        Fix(
            "Half of the second value alone still leaves the cut beyond the middle.",
            "$v[:-1] + $v[1:] / 2",
            "$v[:-1] / 2 + $v[1:]",
        ),
    )
    examples = (
        Example("mid = (low + high) / 2", "mid = low + high / 2"),
        Example("z = (x - mean) / std", "z = x - mean / std"),
        Example("residual = y - (m * x + b)", "residual = y - m * x + b"),
        Example("p = (count + 1) / (n + k)", "p = count + 1 / (n + k)"),
    )
    untouched = (
        "y = (a - 1) * b",
        "y = x + (a + b)",
        "y = a - (b * c)",
        "names = ['a'] + (rest + ['b'])",
        "mid = (lo + hi) // 2",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        found = sorted(_sums(code), key=lambda pair: pair[0])
        yield from (change for _, change in found[:AT_MOST])


def _sums(code: Code) -> Iterator[tuple[int, Change]]:
    """Every sum in parentheses that is divided, multiplied or subtracted."""
    program = code.program
    for node in program.parents:
        if not isinstance(node, cst.BinaryOperation):
            continue
        for held, other in ((node.left, node.right), (node.right, node.left)):
            if not isinstance(held, cst.BinaryOperation) or len(held.lpar) != 1 or not isinstance(held.operator, SUMS):
                continue
            divided = held is node.left and isinstance(node.operator, cst.Divide)
            taken = (
                held is node.right and isinstance(node.operator, cst.Subtract) and isinstance(held.operator, cst.Add)
            )
            if not (divided or taken or isinstance(node.operator, cst.Multiply)):
                continue
            near = held.right if held is node.left else held.left
            if isinstance(node.operator, cst.Multiply) and isinstance(near, (cst.Integer, cst.Float)):
                continue  # a product with a plain number would stand out
            start, end = program.outer_span(held)
            if "\n" not in program.source[start:end] and not isinstance(other, (cst.List, cst.SimpleString)):
                yield 0 if divided or taken else 1, Change(node, (Edit(start, end, program.text(held)),))
