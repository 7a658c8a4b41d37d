"""The seed is accepted and never reaches the generator."""

from bugforge import Example, Fix, Mutator, Rewrite, role

SEED = role.named("seed", "random_state", "random_seed", "rng_seed")


class SeedIgnored(Mutator):
    """The generator is made without the seed, so every run draws its numbers afresh.

    Who passes a seed wants the run to be repeatable: to compare two versions on the same draw, to reproduce a reported
    number, to debug a bad draw. Here the parameter is a promise that is not kept. Results differ from run to run, and
    the difference is taken for the effect of whatever was changed last.
    """

    symptoms = {
        "The same seed, the same data, and every run gives another result.": "differs between equal calls",
    }
    hints = (
        "Run it twice with the same arguments and compare every output.",
        "Find the first thing that differs between the two runs. Where does it come from?",
        "Follow the seed from the parameter to where random numbers are made.",
    )
    follow_ups = {
        "Is a fixed seed inside the function a fix?": (
            "It makes runs equal and the parameter useless: all seeds then give the same draw, and nobody can tell "
            "how much of a result is luck."
        ),
        "Why pass a generator instead of calling np.random.seed?": (
            "The global state is shared: any other call that draws from it, in this or another library, changes what "
            "comes next."
        ),
    }
    sources = ("github.com/glm-tools/pyglmnet#269",)

    also_right = (
        Fix(
            "A seed sequence is what default_rng makes of the seed anyway.",
            "seed_centers($X, $k, np.random.default_rng())",
            "seed_centers($X, $k, np.random.default_rng(np.random.SeedSequence(self.seed)))",
        ),
        Fix(
            "default_rng is short for this generator on these bits, with the seed in them.",
            "rng = np.random.default_rng()\nself.weights, self.biases = $start",
            "rng = np.random.Generator(np.random.PCG64(self.seed))\nself.weights, self.biases = $start",
        ),
        Fix(
            "The generator may be put together by hand, as long as its bits come from the seed.",
            "rng = np.random.default_rng()\nframe = $cleaned",
            "rng = np.random.Generator(np.random.PCG64(seed))\nframe = $cleaned",
        ),
    )
    treats_symptom = (
        Fix(
            "Every run is the same now, whatever seed is passed.",
            "np.random.default_rng()",
            "np.random.default_rng(0)",
        ),
        Fix(
            "The global seed has no effect on a generator of one's own.",
            "centers = seed_centers($X, $k, np.random.default_rng())",
            "np.random.seed(self.seed)\ncenters = seed_centers($X, $k, np.random.default_rng())",
        ),
        Fix(
            "This seeds the old functions such as np.random.normal, and not what default_rng returns.",
            "rng = np.random.default_rng()\nself.weights, self.biases = $start",
            "np.random.seed(self.seed)\nrng = np.random.default_rng()\nself.weights, self.biases = $start",
        ),
        Fix(
            "np.random.seed sets the global state, from which this generator does not draw.",
            "rng = np.random.default_rng()\nframe = $cleaned",
            "np.random.seed(seed)\nrng = np.random.default_rng()\nframe = $cleaned",
        ),
    )
    rewrites = (
        Rewrite("np.random.default_rng($seed)", "np.random.default_rng()", seed=SEED),
        Rewrite("np.random.RandomState($seed)", "np.random.RandomState()", seed=SEED),
        Rewrite("np.random.SeedSequence($seed)", "np.random.SeedSequence()", seed=SEED),
        Rewrite("random.Random($seed)", "random.Random()", seed=SEED),
        Rewrite("np.random.seed($seed)\n...", "...", seed=SEED),
        Rewrite("$df.sample($*how, random_state=$seed)", "$df.sample($*how)", seed=SEED),
        *(
            Rewrite(f"{split}($*how, random_state=$seed)", f"{split}($*how)", seed=SEED)
            for split in ("train_test_split", "$sklearn.train_test_split")
        ),
    )
    examples = (
        Example("rng = np.random.default_rng(seed)", "rng = np.random.default_rng()"),
        Example("self.rng = np.random.RandomState(self.random_state)", "self.rng = np.random.RandomState()"),
        Example(
            "def sample(n, seed):\n    np.random.seed(seed)\n    return np.random.permutation(n)\n",
            "def sample(n, seed):\n    return np.random.permutation(n)\n",
        ),
        Example(
            "train = df.sample(frac=0.8, random_state=seed)",
            "train = df.sample(frac=0.8)",
        ),
        Example(
            "from sklearn.model_selection import train_test_split\n"
            "parts = train_test_split(X, y, test_size=0.2, random_state=self.seed)\n",
            "from sklearn.model_selection import train_test_split\nparts = train_test_split(X, y, test_size=0.2)\n",
        ),
    )
    untouched = (
        "rng = np.random.default_rng()",
        "rng = np.random.default_rng(0)",
        "child = np.random.default_rng(parent.integers(9))",
        "model = fit(X, y, seed)",
    )
