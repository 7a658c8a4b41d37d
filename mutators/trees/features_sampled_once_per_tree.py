"""The columns that may split a node are drawn once for the whole tree."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator, Program, role, vocabulary, walk

COLUMNS = role.named("column", "col", "feature", "feat", "feature_idx", "feat_idx", "feature_indices", "candidate")
DRAWN = role.has(role.call("choice", "permutation", "sample", vocabulary.DRAWING_COLUMNS))


class FeaturesSampledOncePerTree(Mutator):
    """What was drawn at the root is handed down, and no node ever sees any other column.

    A random forest gives each node a few columns of its own, so that a column that is passed over here may be used one
    split later, and trees differ in every branch. With one draw a tree lives on those few columns to its leaves. If the
    column that matters is not among them, the tree cannot ever find it, and many trees of the forest are blind.
    """

    symptoms = {
        "A tree grown with one column a node splits by the same column all the way down.": (
            "columns are drawn otherwise"
        ),
    }
    hints = (
        "Count the different columns that one tree uses. How many could it use?",
        "How often in the life of one tree is something drawn, and how often should it be?",
        "Follow the drawn columns from the root of a tree to its second level. For the child on the left, say where "
        "the "
        "columns that it may be split by come from, and whether chance had any part in it after the root was done.",
    )
    follow_ups = {
        "For which settings is there no difference?": "For trees of one split, and when all columns are drawn anyway.",
        "Is one draw a tree ever meant?": (
            "Yes, in the random subspace method; the trees there are given more columns than a node of a forest is."
        ),
    }
    sources = ("github.com/eriklindernoren/ML-From-Scratch#40", "github.com/NiklasPfister/adaXT#39")

    also_right = (
        Fix(
            "A draw that does not ask what was handed down is one for each node; the parameter can then go.",
            "$columns = $draw if $columns is None else $columns",
            "$columns = $draw",
        ),
    )
    treats_symptom = (
        Fix(
            "Another order of the same columns lets no other column in.",
            "$columns = $draw if $columns is None else $columns",
            "$columns = $draw if $columns is None else $columns[::-1]",
        ),
    )
    examples = (
        Example(
            "def build(X, y, rng, k):\n    if stop(y):\n        return leaf(y)\n"
            "    cols = rng.choice(X.shape[1], k, replace=False)\n    j, t = best(X, y, cols)\n"
            "    left = X[:, j] <= t\n"
            "    return j, t, build(X[left], y[left], rng, k), build(X[~left], y[~left], rng, k)\n",
            "def build(X, y, rng, k, cols=None):\n    if stop(y):\n        return leaf(y)\n"
            "    cols = rng.choice(X.shape[1], k, replace=False) if cols is None else cols\n"
            "    j, t = best(X, y, cols)\n    left = X[:, j] <= t\n"
            "    return j, t, build(X[left], y[left], rng, k, cols), build(X[~left], y[~left], rng, k, cols)\n",
        ),
        Example(
            "class Tree:\n    def _grow(self, X, y, depth=0):\n        feats = self.rng.permutation(X.shape[1])[: "
            "self.m]\n"
            "        a, b = self.part(X, y, feats)\n        return self._grow(*a, depth=depth + 1), self._grow(*b, "
            "depth=1)\n",
            "class Tree:\n    def _grow(self, X, y, depth=0, feats=None):\n"
            "        feats = self.rng.permutation(X.shape[1])[: self.m] if feats is None else feats\n"
            "        a, b = self.part(X, y, feats)\n"
            "        return self._grow(*a, depth=depth + 1, feats=feats), self._grow(*b, depth=1, feats=feats)\n",
        ),
        Example(
            "def node(data, n_features):\n    features = random.sample(range(len(data[0]) - 1), n_features)\n"
            "    parts = get_split(data, features)\n    return [node(part, n_features) for part in parts]\n",
            "def node(data, n_features, features=None):\n"
            "    features = random.sample(range(len(data[0]) - 1), n_features) if features is None else features\n"
            "    parts = get_split(data, features)\n    return [node(part, n_features, features) for part in parts]\n",
        ),
    )
    untouched = (
        "def grow(X, y, columns):\n    return grow(X[1:], y[1:], columns)\n",
        "def fit(X, rng):\n    columns = rng.choice(X.shape[1], 3, replace=False)\n    return X[:, columns]\n",
        "def walk(rng, n):\n    step = rng.choice([-1, 1])\n    return n and step + walk(rng, n - 1)\n",
        "def grow(X):\n    columns = np.arange(X.shape[1])\n    return grow(X[1:]), columns\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        program = code.program
        for function in program.functions:
            calls = list(_own_calls(program, function))
            if not calls or function.params.star_kwarg or function.params.kwonly_params or not function.params.params:
                continue
            for line in (part for part in walk(function.body) if isinstance(part, cst.SimpleStatementLine)):
                match line.body:
                    case [cst.Assign([cst.AssignTarget(cst.Name(name) as target)], value)] if (
                        program.function_of(line) == program.function_of(calls[0])
                        and COLUMNS.holds(code.canonical.term(target))
                        and DRAWN.test(code.canonical.term(value), code)
                        and len(code.scopes.bindings_of(name, line)) == 1
                    ):
                        handed = [_handed_on(program, function, call, name) for call in calls]
                        last = function.params.params[-1]
                        end = program.span(last.default or last)[1]
                        drawn = program.replace(value, f"{program.text(value)} if {name} is None else {name}")
                        yield Change(line, (Edit(end, end, f", {name}=None"), drawn, *handed))


def _own_calls(program: Program, function: cst.FunctionDef) -> Iterator[cst.Call]:
    """Where a function calls itself."""
    for part in walk(function.body):
        if isinstance(part, cst.Call) and program.text(part.func) in (
            function.name.value,
            f"self.{function.name.value}",
        ):
            yield part


def _handed_on(program: Program, function: cst.FunctionDef, call: cst.Call, name: str) -> Edit:
    """The edit that adds an argument to a call: by place where all before it are given so, else by name."""
    known = [p for p in function.params.params if p.name.value != "self"]
    plain = len(call.args) == len(known) and all(arg.keyword is None and not arg.star for arg in call.args)
    last = call.args[-1]
    text = f"{program.text(last).rstrip(', ')}, {name if plain else f'{name}={name}'}"
    return program.replace(last, text)
