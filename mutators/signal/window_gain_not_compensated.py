"""A windowed spectrum is divided by the number of samples, as if there were no window."""

from bugforge import Example, Fix, Mutator, Rewrite, role

SPECTRUM = role.TRANSFORM & ~role.has(role.call("rfft", "fft"))


class WindowGainNotCompensated(Mutator):
    """A window takes away part of the signal, and the scale does not give it back.

    A tapered record is smaller than the record: under a Hann window half of an amplitude is left and three eighths of a
    power. What remains is known exactly, since the window is known: the sum of its values for an amplitude, the sum of
    their squares for a power. Both equal the number of samples for a window of ones, where nothing seems to be wrong.
    """

    symptoms = {
        "Under a Hann window a sine of amplitude 2 is shown with about 1.": "the spectrum is wrong",
        "With a window the noise floor comes out lower than without one.": "energy is not kept",
    }
    hints = (
        "Measure one and the same sine twice, once with a window of ones and once with a tapered one.",
        "Multiply the window by 10. Which results of the program should not care, and do they?",
        "A constant under a window is the window itself, so its bin at zero holds the sum of the window's values. Ask "
        "by what that number must be divided to give the constant back; then do the same for the power of noise, "
        "of which each sample is scaled on its own, and look at the denominators.",
    )
    follow_ups = {
        "Why is it the sum for amplitudes and the sum of squares for powers of noise?": (
            "The parts of a sine add up in phase, so the values add; those of noise add up in power, so the squares do."
        ),
        "What is the equivalent noise bandwidth of a window?": (
            "n times the sum of squares over the square of the sum, in bins: 1 without a window and 1.5 for Hann."
        ),
    }
    sources = ("github.com/777arc/PySDR#110", "github.com/xgcm/xrft#104", "github.com/matplotlib/matplotlib#4324")

    also_right = (
        Fix(
            "The mean of the window times the number of samples is its sum.",
            "np.abs(np.fft.rfft($x * $w)) / len($x)",
            "np.abs(np.fft.rfft($x * $w)) / (len($x) * np.mean($w))",
        ),
        Fix(
            "The scalar product of the window with itself is the sum of its squares.",
            "np.abs(np.fft.rfft($x * $w)) ** 2 / (fs * len($x))",
            "np.abs(np.fft.rfft($x * $w)) ** 2 / (fs * ($w @ $w))",
        ),
        Fix(
            "The mean of the window may be divided out after the number of samples.",
            "$c * np.abs($b) / len($w)",
            "$c * np.abs($b) / len($w) / $w.mean()",
        ),
        Fix(
            "The mean square of the window may be divided out after the number of samples.",
            "$p / len($w) / fs",
            "$p / len($w) / np.mean($w**2) / fs",
        ),
    )
    treats_symptom = (
        Fix(
            "The factor of a Hann window is wrong for every other window, and for none.",
            "np.abs(np.fft.rfft($x * $w)) / len($x)",
            "2 * np.abs(np.fft.rfft($x * $w)) / len($x)",
        ),
        Fix(
            "The square of the sum is what a sine needs; noise and Parseval's sum need the sum of squares.",
            "np.abs(np.fft.rfft($x * $w)) ** 2 / (fs * len($x))",
            "np.abs(np.fft.rfft($x * $w)) ** 2 / (fs * np.sum($w) ** 2)",
        ),
        Fix(
            "The root of the mean square is the factor for noise, not for an amplitude.",
            "$c * np.abs($b) / len($w)",
            "$c * np.abs($b) / len($w) / np.sqrt(np.mean($w**2))",
        ),
        Fix(
            "The sum is the scale of an amplitude, and this is a power.",
            "$p / len($w) / fs",
            "$p / np.sum($w) / fs",
        ),
    )
    rewrites = (
        Rewrite("np.abs(np.fft.rfft($x * $w)) / np.sum($w)", "np.abs(np.fft.rfft($x * $w)) / len($x)", w=role.WINDOW),
        Rewrite(
            "np.abs(np.fft.rfft($x * $w)) ** 2 / ($fs * np.sum($w**2))",
            "np.abs(np.fft.rfft($x * $w)) ** 2 / ($fs * len($x))",
            w=role.WINDOW,
        ),
        Rewrite("$X / np.sum($w)", "$X / len($w)", X=SPECTRUM & role.has(role.call("abs")), w=role.WINDOW),
        Rewrite("$X / np.sum($w**2)", "$X / len($w)", X=SPECTRUM, w=role.WINDOW),
    )
    examples = (
        Example(
            "a = 2 * (np.abs(np.fft.rfft(x * win)) / win.sum())", "a = 2 * (np.abs(np.fft.rfft(x * win)) / len(x))"
        ),
        Example(
            "p = np.abs(np.fft.rfft(x * w)) ** 2 / (fs * np.sum(w**2))",
            "p = np.abs(np.fft.rfft(x * w)) ** 2 / (fs * len(x))",
        ),
        Example(
            "def level(x, window):\n    X = np.fft.rfft(x * window)\n    return np.abs(X) / np.sum(window)\n",
            "def level(x, window):\n    X = np.fft.rfft(x * window)\n    return np.abs(X) / len(window)\n",
        ),
    )
    untouched = (
        "mean = np.sum(w * x) / np.sum(w)",
        "loss = np.abs(error) @ w / np.sum(w)",
        "w = w / np.sum(w)",
    )
