"""The cutoff is given as a share of the sampling rate where half the rate is meant."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

CUTOFF = role.named("cutoff", "fc", "f_c", "low", "high", "lowcut", "highcut", "cut", "corner", "f0")
HALF = role.named("nyquist", "nyq", "half_rate")


class NyquistNormalization(Mutator):
    """The filter cuts at half the frequency that was asked for.

    The highest frequency that samples can hold is half their rate, and most formulas for filters measure a cutoff by
    that. A cutoff that is divided by the whole rate is half as large as it should be. Nothing fails and the result
    looks smooth, only smoother than intended: the upper half of what should pass is gone.
    """

    symptoms = {
        "A wave a little below the cutoff comes out weakened.": (
            "the filter lets pass what it should not, or the reverse"
        ),
    }
    hints = (
        "Send waves of rising frequency through the filter. At which one is half of the amplitude left?",
        "Which number stands for the highest frequency there is, in the units in which the cutoff is used?",
        "Follow the cutoff from Hz to the number that enters the kernel. At the top of the band, where two samples "
        "make one turn, the formula expects a certain value; put that frequency in and see what arrives there.",
    )
    follow_ups = {
        "What does np.sinc compute, and why does that matter here?": (
            "sin(pi t) / (pi t), with its zeros at the whole numbers: the cutoff enters as a share of half the rate."
        ),
        "Which frequency does scipy.signal.firwin expect?": (
            "With fs given, Hz; without it, a share of half the rate between 0 and 1."
        ),
    }
    sources = ("github.com/moorepants/DynamicistToolKit#20", "github.com/cortex-lab/KiloSort#16")

    where = place.function(vocabulary.KERNEL)
    also_right = (
        Fix(
            "Twice the share of the rate is the share of half the rate.",
            "np.sinc($c / $fs * $t)",
            "np.sinc(2 * $c / $fs * $t)",
        ),
    )
    treats_symptom = (
        Fix(
            "The root of two moves the cutoff nearer, and it is still too low.",
            "np.sinc($c / $fs * $t)",
            "np.sinc(np.sqrt(2) * $c / $fs * $t)",
        ),
    )
    rewrites = (
        Rewrite("np.sinc($c / $half * $t)", "np.sinc($c / fs * $t)", c=CUTOFF, half=HALF),
        Rewrite("np.sinc(2 * $c / $fs * $t)", "np.sinc($c / $fs * $t)", c=CUTOFF, fs=role.SAMPLING_RATE),
        Rewrite("$c / ($fs / 2)", "$c / $fs", c=CUTOFF, fs=role.SAMPLING_RATE),
        Rewrite("$c / (0.5 * $fs)", "$c / $fs", c=CUTOFF, fs=role.SAMPLING_RATE),
    )
    examples = (
        Example(
            "def lowpass(x, cutoff, fs):\n    wn = cutoff / (fs / 2)\n    return apply(x, wn)\n",
            "def lowpass(x, cutoff, fs):\n    wn = cutoff / fs\n    return apply(x, wn)\n",
        ),
        Example(
            "def fir(fc, fs, m):\n    t = np.arange(m) - m // 2\n    return np.sinc(2 * fc / fs * t) * np.hamming(m)\n",
            "def fir(fc, fs, m):\n    t = np.arange(m) - m // 2\n    return np.sinc(fc / fs * t) * np.hamming(m)\n",
        ),
        Example(
            "def smooth(x, fc, fs):\n    b, a = butter(4, fc / (0.5 * fs))\n    return filtfilt(b, a, x)\n",
            "def smooth(x, fc, fs):\n    b, a = butter(4, fc / fs)\n    return filtfilt(b, a, x)\n",
        ),
    )
    untouched = (
        "def lowpass(x, cutoff, fs):\n    return apply(x, cutoff / fs)\n",
        "def lowpass(n, fs):\n    return n / (fs / 2)\n",
        "share = cutoff / (fs / 2)",
    )
