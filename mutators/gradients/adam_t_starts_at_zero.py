"""The number of steps is counted after it was used."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, role, walk

STEP = role.named("t", "step", "n_step", "iteration", "n_update", "k", "count", "steps", "time")


class AdamTStartsAtZero(Mutator):
    """The count is raised at the end, so the first step divides by one minus beta to the power of zero.

    Anything to the power of zero is one, and one minus one is zero: at the first step both averages are divided by it.
    What is 0 / 0 or x / 0 is NaN or infinite, and a parameter that was NaN once stays so. If the division is guarded
    the corrections are those of the step before, and the early steps too long.
    """

    symptoms = {
        "The parameters are NaN or infinite after the first step.": "NaN",
        "numpy warns of a division by zero at the first step.": "warns",
    }
    hints = (
        "Make one step and look at the parameters.",
        "With which number of steps is the first correction computed?",
        "A counter can say how many steps are done or which step this is; the two differ by one for as long as a step "
        "is under way. Find out which of them the formula needs, and at which moment of a step the counter moves "
        "here.",
    )
    follow_ups = {
        "What would a guard against division by zero do?": (
            "It hides the NaN and leaves every correction one step behind, which is noticed by nobody."
        ),
        "Where else does a counter start at the wrong number?": (
            "In schedules and warm-ups, where the first learning rate is then zero and a step is wasted."
        ),
    }
    sources = ("github.com/cs231n/cs231n.github.io#179", "github.com/tensorflow/tensorflow#35444")

    also_right = (
        Fix(
            "The number of the step under way is one more than that of the steps done.",
            "for $i, ($w, $g) in enumerate($pairs):\n    ...\nself.t += 1",
            "self.t += 1\nfor $i, ($w, $g) in enumerate($pairs):\n    ...",
        ),
    )
    treats_symptom = (
        Fix(
            "What is no number becomes zero: the first step is lost, and all later corrections lag behind.",
            "$m / (1 - $b ** self.t)",
            "np.nan_to_num($m / (1 - $b ** self.t), posinf=0.0, neginf=0.0)",
        ),
        Fix(
            "Kept away from zero by a small number, the first step is a leap.",
            "$m / (1 - $b ** self.t)",
            "$m / (1 - $b ** self.t + 1e-8)",
        ),
    )
    examples = (
        Example(
            "def run(g):\n    t = 0\n    for _ in range(9):\n        t += 1\n        w = step(m / (1 - 0.9**t))\n"
            "    return w\n",
            "def run(g):\n    t = 0\n    for _ in range(9):\n        w = step(m / (1 - 0.9**t))\n        t += 1\n"
            "    return w\n",
        ),
        Example(
            "class Adam:\n    def update(self, w, g):\n        self.t += 1\n        self.m = g / (1 - self.b**self.t)\n"
            "        w = w - self.m\n",
            "class Adam:\n    def update(self, w, g):\n        self.m = g / (1 - self.b**self.t)\n"
            "        w = w - self.m\n        self.t += 1\n",
        ),
        Example(
            "while busy:\n    step += 1\n    scale = 1 - decay**step\n    use(scale)\n",
            "while busy:\n    scale = 1 - decay**step\n    use(scale)\n    step += 1\n",
        ),
    )
    untouched = (
        "t += 1\nx = a**2\n",
        "def f(t):\n    t += 1\n    return 1 - b**t\n",
        "for i in range(9):\n    total += 1\n    p = 1 - q**total\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """`t += 1` before `1 - beta ** t`, moved to the end of its block."""
        program = code.program
        for line in program.lines:
            match line.body:
                case [cst.AugAssign(target, cst.AddAssign(), cst.Integer("1"))] if STEP.holds(
                    code.canonical.term(target)
                ):
                    rest = program.siblings(line)
                    after = rest[rest.index(line) + 1 :]
                    name = program.text(target)
                    if any(_is_correction(program.text(target), code, node) for s in after for node in walk(s)):
                        yield from _moved(code, line, after, name)


def _is_correction(name: str, code: Code, node: cst.CSTNode) -> bool:
    """`1 - something ** name`."""
    match node:
        case cst.BinaryOperation(
            cst.Integer("1") | cst.Float("1.0"), cst.Subtract(), cst.BinaryOperation(_, cst.Power(), t)
        ):
            return code.program.text(t) == name
    return False


def _moved(code: Code, line: cst.CSTNode, after: list[cst.CSTNode], name: str) -> Iterator[Change]:
    program, removed = code.program, code.program.delete(line)
    last = after[-1]
    ends = isinstance(last, cst.SimpleStatementLine) and isinstance(last.body[0], cst.Return)
    if ends and name in program.reads(last):
        return
    added = program.insert(f"{name} += 1", before=last) if ends else program.insert(f"{name} += 1", after=last)
    if removed:
        yield Change(line, (removed, added))
