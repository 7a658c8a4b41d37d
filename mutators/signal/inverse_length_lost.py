"""The inverse transform is not told how many samples there were."""

from bugforge import Example, Fix, Mutator, Rewrite


class InverseLengthLost(Mutator):
    """A one-sided spectrum does not say whether its signal had an even or an odd number of samples.

    Of 8 samples and of 9 there are five bins. Left alone, the inverse takes the even number: an odd number of samples
    comes back one short, and with all of the others changed, because the waves are fitted into another duration. A test
    in which the number is even never shows it.
    """

    symptoms = {
        "A record of an odd number of samples comes back one sample shorter, and bent.": "the reconstruction is off",
        "The result has a length that depends on the parity of the input, and wrong values where it is too short.": (
            "sums over taps by hand are missed"
        ),
    }
    hints = (
        "Let it return 8 samples, then 9, then 1. Which of these come out right?",
        "How many bins does a one-sided spectrum have for 8 samples, and for 9? Can the way back know which it was?",
        "Two lengths lead to the same number of bins, and the way back has to choose one of them. Find out which one "
        "it chooses when it is told nothing, and for which of the lengths that this program meets this is the wrong "
        "one.",
    )
    follow_ups = {
        "Which information does the last bin carry in the two cases?": (
            "For an even number one real number, the cosine at half the rate; for an odd number a full complex one."
        ),
        "Would the two-sided transform have this problem?": (
            "No: it has as many bins as samples; it costs twice the work and memory for a real signal."
        ),
    }
    sources = ("github.com/numpy/numpy#8800", "github.com/thuml/Autoformer#133")

    also_right = (
        Fix(
            "The parity of the length may be added to what the inverse would choose.",
            "np.fft.irfft(np.fft.rfft($x) * $gains)",
            "np.fft.irfft(np.fft.rfft($x) * $gains, 2 * (len($x) // 2) + len($x) % 2)",
        ),
        Fix(
            "Transforms of an even length that is great enough know their way back; the rest is cut off.",
            "np.fft.irfft(np.fft.rfft($x, $n) * np.fft.rfft($h, $n))",
            "np.fft.irfft(np.fft.rfft($x, 2 * $n) * np.fft.rfft($h, 2 * $n))[:$n]",
        ),
    )
    treats_symptom = (
        Fix(
            "A sample appended gives the length, and the others are still those of a shorter record.",
            "np.fft.irfft(np.fft.rfft($x) * $gains)",
            "np.append(np.fft.irfft(np.fft.rfft($x) * $gains), $x[-1])[: len($x)]",
        ),
        Fix(
            "One more than it would choose is right for odd numbers and wrong for even ones.",
            "np.fft.irfft(np.fft.rfft($x, $n) * np.fft.rfft($h, $n))",
            "np.fft.irfft(np.fft.rfft($x, $n) * np.fft.rfft($h, $n), 2 * ($n // 2) + 1)",
        ),
    )
    rewrites = (
        Rewrite("np.fft.irfft($X, $n)", "np.fft.irfft($X)"),
        Rewrite("np.fft.irfft($X, n=$n)", "np.fft.irfft($X)"),
    )
    examples = (
        Example("y = np.fft.irfft(X, len(x))", "y = np.fft.irfft(X)"),
        Example("y = np.fft.irfft(np.fft.rfft(x) * gain, n=len(x))", "y = np.fft.irfft(np.fft.rfft(x) * gain)"),
        Example(
            "def corr(a, b):\n    A = np.fft.rfft(a)\n    B = np.fft.rfft(b)\n"
            "    return np.fft.irfft(A * B.conj(), a.size)\n",
            "def corr(a, b):\n    A = np.fft.rfft(a)\n    B = np.fft.rfft(b)\n    return np.fft.irfft(A * B.conj())\n",
        ),
    )
    untouched = (
        "y = np.fft.ifft(X, n).real",
        "y = np.fft.irfft(X)",
        "y = scipy.fft.dct(x, 2)",
    )
