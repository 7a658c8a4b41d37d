"""The last bin of the spectrum is counted without asking whether the number of samples is even."""

from bugforge import Code, Example, Fix, Mutator, Rewrite, role
from bugforge.mutation.canonical import Canonical
from bugforge.mutation.term import Term

HALF_UP = role.like("($n + 1) // 2", n=role.COUNT)


def _ends_before_the_twinless(term: Term, code: Code | None) -> bool:
    """A variable that was given (n + 1) // 2."""
    if code is None or term.kind != "name" or term.node is None:
        return False
    binding = code.scopes.binding(term.value, term.node)
    if binding is None or binding.value is None:
        return False
    return HALF_UP.holds(Canonical(code.program.aliases).term(binding.value), code)


STOP = role.Constraint(_ends_before_the_twinless)


class NyquistBinParity(Mutator):
    """Only an even number of samples has a bin at half the rate, and only there is the last bin its own twin.

    With n even the last bin lies exactly at half the sampling rate, where the positive and the negative frequency are
    one bin, and it counts once. With n odd it lies below, has a twin like the others and counts twice. A rule that does
    not look at n is right for one kind of length, usually the kind that was tried.
    """

    symptoms = {
        "The fastest oscillation that the samples can show has the wrong size, for some lengths of the record.": (
            "the spectrum is wrong"
        ),
        "Parseval's sum holds for some records and fails for others that are one sample longer.": "energy is not kept",
    }
    hints = (
        "Compare a record with itself without its last sample. Which entries of the result change more than they "
        "should?",
        "List all bins of the full transform for five samples and for six, each with its partner at the negative "
        "frequency.",
        "Most bins of a one-sided spectrum speak for two of the full one, and at the ends there are exceptions. Write "
        "down the frequencies for n = 5 and n = 6, strike out the ones that equal their own negative up to a whole "
        "turn, and compare the factors with those that the program applies at the upper end.",
    )
    follow_ups = {
        "How large is the error if the last bin is counted wrongly?": (
            "A factor of two in one bin: nothing for a smooth signal, and much for one that is not filtered."
        ),
        "Why can the phase of a wave at half the rate not be measured?": (
            "Every sample of its sine part is zero; only the cosine part, whose sign alternates, leaves a trace."
        ),
    }
    sources = ("github.com/google-research/weatherbenchX#219", "github.com/BLAST-WarpX/warpx#2852")

    also_right = (
        Fix(
            "The end of the slice may be told by the parity in words.",
            "$c[1:-1] = 2",
            "$c[1 : None if n % 2 else -1] = 2",
        ),
        Fix(
            "Doubling all from the second on can be taken back for the last bin of an even number.",
            "$c[1:] = 2",
            "$c[1:] = 2\nif n % 2 == 0:\n    $c[-1] = 1",
        ),
        Fix(
            "Twice as many as there are, less the one that stands for itself.",
            "count[0] = 1.0\nreturn count",
            "count[0] = 1.0\ncount[n // 2] -= n % 2 == 0\nreturn count",
        ),
        Fix(
            "Two, less one where the number of samples is even.",
            "count[-1] = 1.0",
            "count[n // 2] = 1.0 if n in (1, 2 * (n // 2)) else 2.0",
        ),
    )
    treats_symptom = (
        Fix(
            "Now the odd numbers are right and the even ones wrong.",
            "$c[1:-1] = 2",
            "$c[1:] = 2",
        ),
        Fix(
            "This spares the last bin always, and is wrong for an odd number of samples.",
            "$c[1:] = 2",
            "$c[1:-1] = 2",
        ),
        Fix(
            "The last bin halved for every n is right for the even ones alone.",
            "count[0] = 1.0\nreturn count",
            "count[0] = 1.0\ncount[-1] = 1.0\nreturn count",
        ),
        Fix(
            "The mean of one and two is wrong for every length instead of every second.",
            "count[-1] = 1.0",
            "count[-1] = 1.5",
        ),
    )
    rewrites = (
        Rewrite("$c[1:$stop] = 2", "$c[1:] = 2", stop=STOP),
        Rewrite("$c[1:$stop] = 2", "$c[1:-1] = 2", stop=STOP),
        Rewrite("$a[1:$stop] *= 2", "$a[1:] *= 2", stop=HALF_UP),
        Rewrite("$a[1:$stop] *= 2", "$a[1:-1] *= 2", stop=STOP),
        Rewrite("if $n % 2 == 0:\n    $c[-1] = 1.0\nreturn $c", "return $c"),
        Rewrite("if $n % 2 == 0:\n    $c[-1] = 1.0\nreturn $c", "$c[-1] = 1.0\nreturn $c", c=role.NAME),
        Rewrite("if $n % 2 == 0:\n    $c[-1] /= 2\nreturn $c", "$c[-1] /= 2\nreturn $c", c=role.NAME),
    )
    examples = (
        Example(
            "def psd(x):\n    p = np.abs(np.fft.rfft(x)) ** 2\n    p[1 : (len(x) + 1) // 2] *= 2\n    return p\n",
            "def psd(x):\n    p = np.abs(np.fft.rfft(x)) ** 2\n    p[1:] *= 2\n    return p\n",
        ),
        Example(
            "def magnitudes(x):\n    half = (len(x) + 1) // 2\n    a = np.abs(np.fft.rfft(x))\n    a[1:half] *= 2\n"
            "    return a\n",
            "def magnitudes(x):\n    a = np.abs(np.fft.rfft(x))\n    a[1:-1] *= 2\n    return a\n",
        ),
        Example(
            "def weights(n):\n    w = 2 * np.ones(n // 2 + 1)\n    w[0] = 1\n    if n % 2 == 0:\n        w[-1] = 1\n"
            "    return w\n",
            "def weights(n):\n    w = 2 * np.ones(n // 2 + 1)\n    w[0] = 1\n    return w\n",
        ),
    )
    untouched = (
        "def psd(x):\n    p = np.abs(np.fft.rfft(x)) ** 2\n    p[1:] *= 2\n    return p\n",
        "def loud(x, half):\n    x[1:half] *= 2\n    return x\n",
        "if n % 2 == 0:\n    count += 1\n",
    )
