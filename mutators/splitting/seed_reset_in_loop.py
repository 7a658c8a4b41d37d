"""The generator begins anew in every round of the loop."""

import re
from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Program, role
from bugforge.mutation.program import is_within

MAKER = re.compile(r"((np|numpy)\.random\.)?(default_rng|RandomState)|random\.Random")
GLOBAL = re.compile(r"((np|numpy)\.random|random)\.seed")
TUNED = (
    role.REGULARIZATION | role.LEARNING_RATE | role.named("k", "depth", "threshold", "model", "setting", "candidate")
)


class SeedResetInLoop(Mutator):
    """Each round starts from the same seed, and so it draws the same numbers as every other round.

    A generator remembers how far it has come, and its next numbers are new ones. Made from the same seed once more, it
    begins at the first number again. Rounds that should differ by chance are then copies of each other: all resamples
    hold the same rows, all shuffles are the same order, and an average over the rounds is an average over one. Nothing
    looks wrong in a single round, and the result is as repeatable as was asked for.
    """

    symptoms = {
        "Two metrics with the very same numbers get the very same interval, to the last digit.": (
            "separate draws are equal"
        ),
        "All resamples hold the very same rows, however many I ask for.": "rows are drawn otherwise",
    }
    hints = (
        "Compare what is drawn in the first round with what is drawn in the second.",
        "One number says where a stream of random numbers begins. How often does the stream begin in one run?",
        "Write down for three rounds which random numbers each of them sees. If any two lists are equal, ask what the "
        "generator has been told before each of them, and how often in a whole run one would want to tell it that. "
        "Repeatable is what a run should be, not a round.",
    )
    follow_ups = {
        "How do you give parallel workers streams of their own?": (
            "By spawning: SeedSequence.spawn or Generator.spawn makes children from one seed that do not overlap."
        ),
        "Why does a test for repeatable results not find it?": (
            "Two runs are equal before and after. Only a comparison of the rounds within one run shows it."
        ),
    }
    sources = ("github.com/mlpack/mlpack#1887",)

    also_right = (
        Fix(
            "The number of the round beside the seed gives each round a stream of its own, and the run stays "
            "repeatable.",
            "for $t in range($n):\n    $rng = np.random.default_rng($seed)\n    ...",
            "for $t in range($n):\n    $rng = np.random.default_rng([$seed, $t])\n    ...",
        ),
    )
    treats_symptom = (
        Fix(
            "Another seed in every round is the same other seed in every round.",
            "np.random.default_rng($seed)",
            "np.random.default_rng($seed + 1)",
        ),
        Fix(
            "Without a seed the rounds differ, and so does every run.",
            "np.random.default_rng($seed)",
            "np.random.default_rng()",
        ),
    )
    examples = (
        Example(
            "def resamples(x, b, seed):\n    rng = np.random.default_rng(seed)\n    out = []\n    for _ in range(b):\n"
            "        out.append(rng.choice(x, size=len(x)).mean())\n    return out\n",
            "def resamples(x, b, seed):\n    out = []\n    for _ in range(b):\n"
            "        rng = np.random.default_rng(seed)\n"
            "        out.append(rng.choice(x, size=len(x)).mean())\n    return out\n",
        ),
        Example(
            "def fit(self, X, y):\n    np.random.seed(self.seed)\n    for tree in self.trees:\n"
            "        idx = np.random.randint(0, len(X), len(X))\n        tree.fit(X[idx], y[idx])\n",
            "def fit(self, X, y):\n    for tree in self.trees:\n        np.random.seed(self.seed)\n"
            "        idx = np.random.randint(0, len(X), len(X))\n        tree.fit(X[idx], y[idx])\n",
        ),
        Example(
            "def bags(n, b, seed):\n    gen = np.random.RandomState(seed)\n"
            "    return [gen.randint(0, n, n) for _ in range(b)]\n",
            "def bags(n, b, seed):\n    return [np.random.RandomState(seed).randint(0, n, n) for _ in range(b)]\n",
        ),
        Example(
            "def train(X, seed, epochs):\n    rng = np.random.default_rng(seed)\n    epoch = 0\n"
            "    while epoch < epochs:\n"
            "        step(X[rng.permutation(len(X))])\n        epoch += 1\n",
            "def train(X, seed, epochs):\n    epoch = 0\n    while epoch < epochs:\n"
            "        rng = np.random.default_rng(seed)\n"
            "        step(X[rng.permutation(len(X))])\n        epoch += 1\n",
        ),
    )
    untouched = (
        "def search(seed):\n    rng = np.random.default_rng(seed)\n    for alpha in alphas:\n        cv(alpha, rng)\n",
        "def fit(seed):\n    rng = np.random.default_rng(seed)\n    w = rng.normal(size=3)\n    for _ in range(9):\n"
        "        w -= rng.normal(size=3)\n",
        "def fit():\n    rng = np.random.default_rng()\n    for _ in range(9):\n        walk(rng)\n",
        "def fit(seed):\n    rng = np.random.default_rng(seed)\n    for row in rng.permutation(9):\n"
        "        walk(row)\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        program = code.program
        for line in program.lines:
            match line.body:
                case [cst.Assign([cst.AssignTarget(name)], cst.Call(func, [cst.Arg(seed)]) as made)] if (
                    MAKER.fullmatch(program.text(func))
                    and program.text(seed) != "None"
                    and code.scopes.is_variable(name)
                ):
                    if len(code.scopes.bindings_of(program.text(name), line)) == 1:
                        uses = code.scopes.reads_of(program.text(name), line)
                        yield from _begun_in_a_loop(code, line, seed, uses)
                        yield from _begun_in_a_comprehension(code, made, uses)
                case [cst.Expr(cst.Call(func, [cst.Arg(seed)]))] if GLOBAL.fullmatch(program.text(func)):
                    owner = program.text(func).removesuffix("seed")
                    around = code.program.function_of(line)
                    calls = [n for n in program.parents if isinstance(n, cst.Call) and n is not line.body[0].value]
                    uses = [c for c in calls if program.function_of(c) == around and _drawn(program, c, owner)]
                    yield from _begun_in_a_loop(code, line, seed, uses)


def _drawn(program: Program, call: cst.Call, owner: str) -> bool:
    return program.text(call.func).startswith(owner)


def _begun_in_a_loop(
    code: Code, line: cst.SimpleStatementLine, seed: cst.CSTNode, uses: list[cst.CSTNode]
) -> Iterator[Change]:
    """The line that makes the generator, moved into the loop in which alone it is used."""
    program = code.program
    behind = program.siblings(line)
    for loop in behind[behind.index(line) + 1 :]:
        if not isinstance(loop, (cst.For, cst.While)) or not isinstance(loop.body, cst.IndentedBlock):
            continue
        inside = [is_within(program.span(use), program.span(loop.body)) for use in uses]
        deletion = program.delete(line)
        if not uses or not all(inside) or deletion is None or program.reads(seed) & program.writes(loop):
            continue
        if isinstance(loop, cst.For) and any(TUNED.holds(role.variable(name)) for name in program.writes(loop.target)):
            continue
        if isinstance(loop, cst.For) and TUNED.holds(code.canonical.term(loop.target)):
            continue
        yield Change(line, (deletion, program.insert(program.text(line), before=loop.body.body[0])))


def _begun_in_a_comprehension(code: Code, made: cst.Call, uses: list[cst.CSTNode]) -> Iterator[Change]:
    """The call that makes the generator, in place of its name in what a comprehension repeats."""
    program = code.program
    if len(uses) != 1:
        return
    for around in program.ancestors(uses[0]):
        if isinstance(around, (cst.FunctionDef, cst.Lambda)):
            return
        if isinstance(around, (cst.ListComp, cst.GeneratorExp)):
            if is_within(program.span(uses[0]), program.span(around.elt)):
                yield Change(made, (program.replace(uses[0], program.text(made)),))
            return
