"""The frequencies that go with the bins are those of another transform."""

from typing import Any

from bugforge import Example, Fix, Mutator, Rewrite, role

BINS: dict[str, Any] = {"n": role.NAME | role.that(lambda term: term.kind == "count"), "fs": role.SAMPLING_RATE}


class FftFrequencyAxis(Mutator):
    """The axis of the spectrum is not k fs / n, so every peak is read off at a wrong place.

    Bin k holds the wave that turns k times in n samples, and n samples take n / fs seconds: it lies at k fs / n. The
    helpers of numpy want the time between two samples where one has the rate at hand, and an axis that is drawn up to
    the half rate fits an even number of samples alone. The values of the spectrum are right all the while.
    """

    symptoms = {
        "Peaks are read off at frequencies that are not in the signal.": "frequencies are wrong",
    }
    hints = (
        "Make a sine of 5 Hz whose whole turns fill the record. At which frequency does the program report its peak?",
        "How far apart are two neighbouring bins for 101 samples at 10 Hz, by the program and by your own reckoning? "
        "Does a record that is twice as long have them twice as close?",
        "The spacing of the bins is one over the duration of the record, whatever the number of samples. Work out what "
        "the first bin after zero and the very last one should be for an odd number of samples and a rate other "
        "than one, and put the program's axis beside it; then look at what each argument of the call stands for.",
    )
    follow_ups = {
        "Why does an odd number of samples have no bin at half the rate?": (
            "Its last bin is (n - 1) / 2, and that times fs / n is a little less than fs / 2."
        ),
        "How could two sines that are 0.1 Hz apart be told from each other?": (
            "By a record of ten seconds or more: the spacing depends on the duration alone, not on the rate."
        ),
    }
    sources = ("github.com/nipy/nitime#191", "github.com/numpy/numpy#9156")

    also_right = (
        Fix(
            "Without a spacing the helper counts in turns a sample, and the rate turns these into Hz.",
            "np.fft.rfftfreq($n, $fs)",
            "np.fft.rfftfreq($n) * $fs",
            fs=role.SAMPLING_RATE,
        ),
        Fix(
            "The evenly spaced axis is right if it ends at the last bin, wherever that lies.",
            "np.linspace(0, $fs / 2, $n // 2 + 1)",
            "np.linspace(0, $n // 2 * $fs / $n, $n // 2 + 1)",
        ),
    )
    treats_symptom = (
        Fix(
            "Times the rate once is not enough: the axis is off by its square.",
            "np.fft.rfftfreq($n, $fs)",
            "np.fft.rfftfreq($n, $fs) * $fs",
            fs=role.SAMPLING_RATE,
        ),
        Fix(
            "Without its end point the axis has a spacing that no transform of these samples has.",
            "np.linspace(0, $fs / 2, $n // 2 + 1)",
            "np.linspace(0, $fs / 2, $n // 2 + 1, endpoint=False)",
        ),
    )
    rewrites = (
        Rewrite("np.fft.rfftfreq($n, 1 / $fs)", "np.fft.rfftfreq($n, $fs)", **BINS),
        Rewrite("np.fft.rfftfreq($n, d=1 / $fs)", "np.fft.rfftfreq($n, d=$fs)", **BINS),
        Rewrite("np.fft.fftfreq($n, 1 / $fs)", "np.fft.fftfreq($n, $fs)", **BINS),
        Rewrite("np.fft.fftfreq($n, d=1 / $fs)", "np.fft.fftfreq($n, d=$fs)", **BINS),
        Rewrite("np.arange($n // 2 + 1) * $fs / $n", "np.linspace(0, $fs / 2, $n // 2 + 1)", **BINS),
        Rewrite("np.arange($n // 2 + 1) / $n * $fs", "np.linspace(0, $fs / 2, $n // 2 + 1)", **BINS),
    )
    examples = (
        Example("freqs = np.fft.rfftfreq(n, 1 / fs)", "freqs = np.fft.rfftfreq(n, fs)"),
        Example("f = np.fft.fftfreq(len(x), d=1.0 / sample_rate)", "f = np.fft.fftfreq(len(x), d=sample_rate)"),
        Example(
            "def axis(n, sr):\n    return np.arange(n // 2 + 1) * sr / n\n",
            "def axis(n, sr):\n    return np.linspace(0, sr / 2, n // 2 + 1)\n",
        ),
    )
    untouched = (
        "f = np.fft.rfftfreq(n, dt)",
        "f = np.fft.rfftfreq(n, 1 / 250)",
        "t = np.arange(n) / fs",
    )
