"""An entry is taken from the place beside the one that is meant."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Program

AT_MOST = 3  # places of one program


class NeighborIndex(Mutator):
    """Of two neighbours in a list or array the wrong one is read, or the same one twice.

    A sequence of layers, sorted values or rounds is used by pairs: this one and the one before or behind it. When one
    index of the pair slips, the entry still exists and has the right type, often the right shape too, and the
    computation goes on with a value that belongs to another step.
    """

    symptoms = {
        "A cut lies on a value of the table, not between two of them.": "another split is chosen",
        "It stops with an error about shapes that do not fit.": "raises",
        "The descent ends after its first step.": "stops too early or never",
        "A row is drawn again although it is a center already.": "first centers are drawn otherwise",
    }
    hints = (
        "Label the entries by their positions, and write down which positions each line reads.",
        "Where are two neighbouring entries needed at once? Are they two different ones, and in the right order?",
        "Take a sequence of three entries with three very different values and follow one pass through it. For every "
        "index say which entry it should be, the one before, the present one, the next or the last, and compare. One "
        "of them is off by a place.",
    )
    follow_ups = {
        "Why does no exception give it away?": (
            "The neighbour exists nearly always, and Python's negative indices wrap round to the other end where it "
            "does not."
        ),
        "How can pairs of neighbours be written without an index?": (
            "With zip(values, values[1:]), itertools.pairwise, or np.diff."
        ),
    }
    sources = ("github.com/jeffheaton/encog-java-core#243",)

    also_right = (
        Fix(
            "The next value may be looked up in the sorted column itself.",
            "($values[$i] + $values[$i]) / 2",
            "$values[$i : $i + 2].mean()",
        ),
    )
    treats_symptom = (
        Fix(
            "A small addition moves the cut off the value, but not to the middle.",
            "($values[$i] + $values[$i]) / 2",
            "$values[$i] + 1e-6",
        ),
    )
    examples = (
        Example("mid = (v[i] + v[i + 1]) / 2", "mid = (v[i] + v[i]) / 2"),
        Example("delta = d[i] @ W[i].T * a[i - 1]", "delta = d[i] @ W[i].T * a[i]"),
        Example(
            "for W in weights[1:]:\n    zs.append(f(zs[-1]) @ W)\n",
            "for W in weights[1:]:\n    zs.append(f(zs[0]) @ W)\n",
        ),
    )
    untouched = (
        "x = x[i : i + k]",
        "part = x[n - 1]",
        "first = names[0]",
        "rest = x[:-1]",
        "last = losses[-1]",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        found = list(_neighbors(code))
        yield from found[:AT_MOST]


def _neighbors(code: Code) -> Iterator[Change]:
    """Every entry one place beside a variable index that is used bare as well, and the newest of a list that grows."""
    program = code.program
    for node in program.parents:
        if not isinstance(node, cst.Subscript) or len(node.slice) != 1 or _is_stored(program, node):
            continue
        index = node.slice[0].slice
        place = index.value if isinstance(index, cst.Index) else None
        if isinstance(place, cst.BinaryOperation) and isinstance(place.operator, (cst.Add, cst.Subtract)):
            beside = program.text(place.right) == "1"
            if isinstance(place.left, cst.Name) and beside and _is_bare(code, node, place.left):
                yield Change(node, (program.replace(place, place.left.value),))
        elif place is not None and program.text(place) == "-1" and _grows(code, node):
            yield Change(node, (program.replace(place, "0"),))


def _is_stored(program: Program, node: cst.Subscript) -> bool:
    return isinstance(program.parents[node], (cst.AssignTarget, cst.AugAssign, cst.Del))


def _is_bare(code: Code, node: cst.CSTNode, name: cst.Name) -> bool:
    """Whether the same line indexes something by the bare variable as well."""
    line = code.program.text(code.program.statement_of(node)) if not _compound(code, node) else ""
    return f"[{name.value}]" in line


def _compound(code: Code, node: cst.CSTNode) -> bool:
    return isinstance(code.program.statement_of(node), cst.BaseCompoundStatement)


def _grows(code: Code, node: cst.Subscript) -> bool:
    """Whether the list gets another entry in the same loop."""
    program, name = code.program, code.program.text(node.value)
    loop = next((n for n in program.ancestors(node) if isinstance(n, (cst.For, cst.While))), None)
    return loop is not None and f"{name}.append(" in program.text(loop)
