"""The transforms are too short for the whole convolution, and its end is added to its beginning."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

TRANSFORMED = role.has(role.call(vocabulary.FOURIER))


class CircularConvolution(Mutator):
    """The product of two transforms of length n is a convolution on a circle of n samples.

    A kernel of m taps reaches m - 1 samples beyond the end of the signal. On a circle that is just long enough for the
    signal, what reaches beyond comes in again at the front, mixed with what belongs there. Away from the front all
    values are right, so that a long signal and a short kernel look convincing.
    """

    symptoms = {
        "The first samples of the result contain something of the last ones.": ("sums over taps by hand are missed"),
    }
    hints = (
        "Put a single 1 at the end of the signal. Where does it turn up in the result?",
        "How many numbers has the full convolution of 10 samples with 4 taps, and how many can a transform of this "
        "length give back?",
        "A finite transform takes its samples for one turn of something periodic, so a shift pushes out at one end "
        "what it lets in at the other. Zeros make room. Count how far the longest shift goes, and from that how many "
        "places must be free behind the signal.",
    )
    follow_ups = {
        "What is the least length at which nothing wraps around?": (
            "n + m - 1. Any longer one will do as well, such as the next power of two, if the rest is cut off."
        ),
        "When is the circular convolution what one wants?": (
            "For signals that are periodic, as one turn of a machine or the angle in an image in polar coordinates."
        ),
    }
    sources = (
        "github.com/Rich-Hall/sentinel1Level0DecodingDemo#11",
        "github.com/JosephLWalker96/FreeWILLI#3",
    )

    also_right = (
        Fix(
            "Any length that is great enough serves, if what is too much is cut off.",
            "$n = max(len($x), len($h))\nreturn $y",
            "$n = 2 * max(len($x), len($h))\nreturn $y[: len($x) + len($h) - 1]",
            y=TRANSFORMED,
        ),
    )
    treats_symptom = (
        Fix(
            "Zeros behind the result give it the right length, and what wrapped around stays at the front.",
            "$n = max(len($x), len($h))\nreturn $y",
            "$n = max(len($x), len($h))\nreturn np.pad($y, (0, len($x) + len($h) - 1 - $n))",
            y=TRANSFORMED,
        ),
    )
    rewrites = (
        Rewrite("$n = len($x) + len($h) - 1\nreturn $y", "$n = max(len($x), len($h))\nreturn $y", y=TRANSFORMED),
        Rewrite("$n = len($x) + len($h) - 1\n$z = $y", "$n = max(len($x), len($h))\n$z = $y", y=TRANSFORMED),
    )
    examples = (
        Example(
            "def conv(x, h):\n    n = len(x) + len(h) - 1\n    return irfft(rfft(x, n) * rfft(h, n), n)\n",
            "def conv(x, h):\n    n = max(len(x), len(h))\n    return irfft(rfft(x, n) * rfft(h, n), n)\n",
        ),
        Example(
            "size = len(a) + len(b) - 1\nA = np.fft.fft(a, size)\n",
            "size = max(len(a), len(b))\nA = np.fft.fft(a, size)\n",
        ),
        Example(
            "def fftconv(sig, ker):\n    n = len(sig) + len(ker) - 1\n    spec = rfft(sig, n) * rfft(ker, n)\n"
            "    return irfft(spec, n)\n",
            "def fftconv(sig, ker):\n    n = max(len(sig), len(ker))\n    spec = rfft(sig, n) * rfft(ker, n)\n"
            "    return irfft(spec, n)\n",
        ),
    )
    untouched = (
        "n = len(x) + len(h) - 1\ny = np.zeros(n)\n",
        "n = len(x) + len(h)\nX = np.fft.rfft(x, n)\n",
        "n = max(len(x), len(h))\nX = np.fft.rfft(x, n)\n",
    )
