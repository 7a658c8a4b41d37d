"""The number of batches is rounded down, so the rows that fill no whole batch are left out."""

from collections.abc import Iterator
from itertools import islice

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite

AT_MOST = 3  # places of one program


class DropLastBatchByFloor(Mutator):
    """What is left over after the last full batch is never visited.

    A division of whole numbers rounds down. Seventeen rows in batches of five are three batches and two rows, and
    those two have no part in the epoch. With a new order in each epoch others are left out each time; without one it
    is always the same rows, often the newest or all those of one class. Fewer rows than a batch makes are not used at
    all.
    """

    symptoms = {
        "An epoch has too few batches unless their size divides the number of rows.": (
            "rows are left out of batches, or doubled"
        ),
    }
    hints = (
        "Add up the sizes of the batches of one epoch.",
        "Try seven rows in batches of three, and then two rows in batches of three.",
        "How many pieces does a thing have that is cut into pieces of a fixed size, if the last piece may be smaller? "
        "Compute that number for sizes that do not divide it, and compare it with what the program computes.",
    )
    follow_ups = {
        "When is it right to leave the rest out on purpose?": (
            "In training with batch statistics or with fixed shapes, if the order is new in each epoch. Never when "
            "predicting or scoring."
        ),
        "How can the batches be made without counting them?": (
            "By stepping through the starts with range(0, n, batch_size); a slice that runs past the end stops there."
        ),
    }
    sources = ("github.com/TimDettmers/ConvE#2", "github.com/yajiemiao/pdnn#33")

    also_right = (
        Fix(
            "Adding one less than the batch size before dividing rounds up.",
            "$count = len($y) // batch_size",
            "$count = (len($y) + batch_size - 1) // batch_size",
        ),
    )
    treats_symptom = (
        Fix(
            "One more batch is one too many where the size divides the rows.",
            "$count = len($y) // batch_size",
            "$count = len($y) // batch_size + 1",
        ),
        Fix(
            "At least one batch serves small tables; what fills no whole batch of a larger one is still lost.",
            "$count = len($y) // batch_size",
            "$count = max(1, len($y) // batch_size)",
        ),
    )
    rewrites = (
        Rewrite("-(-$n // $k)", "$n // $k"),
        Rewrite("math.ceil($n / $k)", "$n // $k"),
        Rewrite("int(np.ceil($n / $k))", "$n // $k"),
        Rewrite("($n + $k - 1) // $k", "$n // $k"),
    )
    examples = (
        Example("n_batches = math.ceil(len(X) / batch_size)", "n_batches = len(X) // batch_size"),
        Example("steps = int(np.ceil(n / bs))", "steps = n // bs"),
        Example("blocks = -(-len(y) // k)", "blocks = len(y) // k"),
    )
    untouched = (
        "half = n // 2",
        "up = np.ceil(x / step) * step",
        "t = math.ceil(seconds)",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        yield from islice(super().mutate(code), AT_MOST)
