"""A step that has to be repeated until a condition fails is made once at most."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator, walk

AT_MOST = 3  # places of one program


class IfForWhile(Mutator):
    """An `if` stands where a `while` is needed, so that one repetition has to do.

    The condition is asked, the step is made, and the program goes on although the condition may still hold. Inputs
    for which a single step is enough, or none, come out right; all others are left half done, one step of the way.
    """

    symptoms = {
        "Rows end at the first node below the top, however deep the tree is.": "leaves predict otherwise",
        "On rows that lie far apart the fit does not arrive.": "fails far from the boundary",
    }
    hints = (
        "Find inputs that need no step, one step, and several steps. Which of them come out right?",
        "For each condition of the program, what holds once the lines below it have been run: can it still be true?",
        "Look for a place where something is to be brought about, such as a leaf that is reached, a list that is "
        "empty, or a step that is short enough. Does the program check that it has come about before it goes on, or "
        "does it only make an attempt?",
    )
    follow_ups = {
        "Which inputs hide it?": "Those that one step brings to the end: trees of depth one, lists of one element.",
        "How do you make sure that a repeated step comes to an end?": (
            "Name a quantity that every step makes smaller and that cannot fall for ever, or bound the number of steps."
        ),
    }
    sources = ("github.com/Alliance-Algorithm/RMCS#56",)

    # also_right: none, because any other repetition needs a statement of its own
    treats_symptom = (
        Fix(
            "Two steps reach the leaves of a tree of depth two, and no deeper ones.",
            "if node.column is not None:\n    node = $next",
            "if node.column is not None:\n    node = $next\nif node.column is not None:\n    node = $next",
        ),
    )
    examples = (
        Example(
            "def leaf(node, x):\n    while node.left is not None:\n        node = step(node, x)\n    return node\n",
            "def leaf(node, x):\n    if node.left is not None:\n        node = step(node, x)\n    return node\n",
        ),
        Example(
            "def wrap(a):\n    while a > np.pi:\n        a -= 2 * np.pi\n    return a\n",
            "def wrap(a):\n    if a > np.pi:\n        a -= 2 * np.pi\n    return a\n",
        ),
        Example(
            "def search(f, x, d):\n    t = 1.0\n    while f(x + t * d) > f(x):\n        t *= 0.5\n    return t\n",
            "def search(f, x, d):\n    t = 1.0\n    if f(x + t * d) > f(x):\n        t *= 0.5\n    return t\n",
        ),
    )
    untouched = (
        "while True:\n    f()\n",
        "while x > 0:\n    x -= 1\n    if g(x):\n        break\n",
        "if x > 0:\n    x -= 1\n",
        "while queue:\n    use(queue.pop())\nelse:\n    done()\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        found = list(_repeated(code))
        yield from found[:AT_MOST]


def _repeated(code: Code) -> Iterator[Change]:
    """Every `while` whose body leaves it by its condition alone."""
    program = code.program
    for loop in (node for node in program.parents if isinstance(node, cst.While)):
        leaves = any(isinstance(node, (cst.Break, cst.Continue)) for node in walk(loop.body))
        if leaves or loop.orelse is not None or isinstance(loop.test, (cst.Name, cst.Integer)):
            continue
        start = program.span(loop)[0]
        if program.reads(loop.test) & (program.writes(loop.body) | _changed(code, loop)):
            yield Change(loop, (Edit(start, start + len("while"), "if"),))


def _changed(code: Code, loop: cst.While) -> set[str]:
    """What the body changes by calling one of its methods."""
    program = code.program
    calls = (n.func for n in walk(loop.body) if isinstance(n, cst.Call) and isinstance(n.func, cst.Attribute))
    return {program.text(func.value) for func in calls}
