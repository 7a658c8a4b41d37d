"""Leftovers that would point at a planted bug are seen, and what honest programs have is not taken for one."""

import pytest

from bugforge.mutation.giveaways import giveaways

SEEN = {
    "def f(x, rng):\n    return x\n": "f does not use its parameter rng",
    "def f(x):\n    y = 2 * x\n    return y\n": "y is assigned only to be returned",
    "x = x\n": "x is assigned to itself",
    "tp / n\n": "tp / n is a statement that does nothing",
    "rows = X[np.arange(n)]\n": "something is indexed by a plain arange",
    "rows = X.iloc[np.arange(len(X))]\n": "something is indexed by a plain arange",
    "def f(a, b):\n    return a / b\n\n\nz = f(b, a)\n": "f is called with b and a in another order than it names them",
}
HONEST = (
    'def f(x):\n    """It is said here."""\n    np.divide(x, 2, out=x)\n    yield x\n',
    "def f(x, rng):\n    return rng.normal(x)\n",
    "def f(x):\n    y = 2 * x\n    y += 1\n    return y\n",
    "def f(x):\n    y = [1]\n    y.append(x)\n    return y\n",
    "p = P[np.arange(n), y]\n",
    "def f(a, b):\n    return a / b\n\n\nz = f(a, c)\n",
    "class A:\n    def f(self):\n        return 1\n",
)


@pytest.mark.parametrize(("source", "told"), SEEN.items())
def test_a_leftover_is_seen(source, told):
    assert list(giveaways(source)) == [told]


@pytest.mark.parametrize("source", HONEST)
def test_what_honest_programs_have_is_no_leftover(source):
    assert not giveaways(source)
