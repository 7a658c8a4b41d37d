"""What lies at the negative frequencies is missing from a one-sided spectrum."""

from bugforge import Code, Example, Fix, Mutator, Rewrite, role
from bugforge.mutation.term import Term

SLICE = role.that(lambda term: any(part.value.startswith("Slice") for part in term))


def _counts_twins(term: Term, code: Code | None) -> bool:
    """A call of a function of the program that fills an array with twos, or a slice of ones."""
    if code is None or term.kind != "call":
        return False
    calls, assigned = (code.canonical.by_kind.get(kind, ()) for kind in ("call", "assign"))
    made = [t for t in calls if role.like("np.full($n, 2)").holds(t, code)]
    made += [t for t in assigned if SLICE.holds(t.children[0]) and role.number(2).holds(t.children[-1])]
    return any(t.node is not None and code.program.function_of(t.node) == term.value for t in made)


TWINS = role.Constraint(_counts_twins)


class OneSidedSpectrumScale(Mutator):
    """Half of a real signal sits at negative frequencies, and the bins that are kept do not carry it.

    A real wave of amplitude a is a pair: a / 2 at its frequency and a / 2 at the negative one. A one-sided spectrum
    shows one bin of each pair, so that bin has to stand for both; the bins that are their own twin stand for
    themselves. Without that all waves come out at half their amplitude or power, while a constant is right.
    """

    symptoms = {
        "A sine of amplitude 3 is shown with a smaller amplitude.": "the spectrum is wrong",
        "The power of all bins is less than the mean square of the signal.": "energy is not kept",
        "What comes back from the transform is smaller than what went in.": "the reconstruction is off",
    }
    hints = (
        "Transform a sine of known amplitude that fits the record. What do you read off, and what is the mean for a "
        "constant?",
        "Add up all that the spectrum says of a wave without a mean. Is it all of the wave?",
        "The full transform of a real signal has two bins for a wave, and the program keeps one of them. Decide which "
        "bins have such a partner and which have none, and follow the factor that this makes from the transform to "
        "what is returned.",
    )
    follow_ups = {
        "Which bins must not be doubled?": (
            "The one at 0, and for an even number of samples the one at half the rate: each is its own partner."
        ),
        "Is the factor the same for amplitude and power?": (
            "Yes, 2 for both: an amplitude of a comes as two halves, and a power of a^2 / 2 as two quarters of a^2."
        ),
    }
    sources = (
        "github.com/corbanbrook/dsp.js#33",
        "github.com/trustimaging/stride#37",
        "github.com/thi-ng/umbrella#258",
    )

    also_right = (
        Fix(
            "Weights of one and two may be worked out on the spot: a bin is its own twin where twice its number is a "
            "multiple of n.",
            "return np.abs(np.fft.rfft($x * $w)) / $scale",
            "twins = np.where((2 * np.arange(len($x) // 2 + 1)) % len($x) == 0, 1, 2)\n"
            "return twins * np.abs(np.fft.rfft($x * $w)) / $scale",
        ),
        Fix(
            "The factors may as well come last, after the division by the scale.",
            "np.abs($bins) / $w.sum()",
            "np.abs($bins) / $w.sum() * twins(len(x))",
            bins=role.NAME,
        ),
        Fix(
            "The power may be multiplied after it has been divided.",
            "$power / np.square($w).sum() / fs",
            "$power / np.square($w).sum() / fs * twins(len(x))",
        ),
    )
    treats_symptom = (
        Fix(
            "A factor of 2 for all bins is right for the waves, and doubles the constant.",
            "return np.abs(np.fft.rfft($x * $w)) / $scale",
            "return 2 * np.abs(np.fft.rfft($x * $w)) / $scale",
        ),
        Fix(
            "Doubling all bins also doubles the power of the mean.",
            "return np.abs(np.fft.rfft($x * $w)) ** 2 / $scale",
            "return 2 * np.abs(np.fft.rfft($x * $w)) ** 2 / $scale",
        ),
        Fix(
            "Every bin twice makes too much of the mean, and of the last bin of an even number.",
            "np.abs($bins) / $w.sum()",
            "2 * np.abs($bins) / $w.sum()",
            bins=role.NAME,
        ),
        Fix(
            "Twice the whole signal is right for its waves and wrong for its mean.",
            "($bins @ $waves).real / $n",
            "2 * ($bins @ $waves).real / $n",
            bins=role.NAME,
        ),
    )
    rewrites = (
        Rewrite("2 * np.abs($X)", "np.abs($X)", X=role.has(role.call("rfft"))),
        Rewrite(
            "$a = $v\n$a[1:$stop] *= 2\nreturn $a",
            "return $v",
            v=role.TRANSFORM & role.has(role.call("abs")),
        ),
        Rewrite("$twins * $X", "$X", twins=TWINS),
    )
    examples = (
        Example("A = 2 * np.abs(np.fft.rfft(x)) / n", "A = np.abs(np.fft.rfft(x)) / n"),
        Example(
            "def spectrum(x):\n    s = np.abs(np.fft.rfft(x)) / len(x)\n    s[1:-1] *= 2\n    return s\n",
            "def spectrum(x):\n    return np.abs(np.fft.rfft(x)) / len(x)\n",
        ),
        Example(
            "def folds(n):\n    c = np.full(n // 2 + 1, 2.0)\n    c[0] = 1\n    return c\n\n"
            "def power(x):\n    return folds(len(x)) * np.abs(np.fft.rfft(x)) ** 2\n",
            "def folds(n):\n    c = np.full(n // 2 + 1, 2.0)\n    c[0] = 1\n    return c\n\n"
            "def power(x):\n    return np.abs(np.fft.rfft(x)) ** 2\n",
        ),
    )
    untouched = (
        "A = 2 * np.abs(x - x.mean())",
        "def folds(n):\n    c = np.full(n, 2.0)\n    return c\n",
        "def taper(w):\n    w = np.hanning(9)\n    w[1:4] *= 2\n    return w\n",
    )
