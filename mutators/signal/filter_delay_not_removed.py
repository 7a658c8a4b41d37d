"""The filtered signal comes out late by half the length of the kernel."""

from bugforge import Example, Fix, Mutator, Rewrite, role

CONVOLVED = role.that(
    lambda term: term.kind == "call" and "convol" in term.value.lower() and term.value != "convolve2d"
)
SLID = role.like("sliding_window_view($*how)", "np.lib.stride_tricks.sliding_window_view($*how)")


class FilterDelayNotRemoved(Mutator):
    """The first entries of the convolution are kept where the middle ones line up with the signal.

    Entry i of a full convolution looks back from sample i, over the last m of them. For the result to belong to sample
    i, half of the kernel has to lie on either side of it, which is the entry (m - 1) / 2 further on. Cut off at the
    front, the result has as many samples as the signal and all of them too late, and the end of the signal is missing.
    """

    symptoms = {
        "A peak is found some samples later in the smoothed signal than in the raw one.": (
            "the filtered signal is shifted"
        ),
    }
    hints = (
        "Filter a single 1 in the middle of zeros with a symmetric kernel. Where is the largest value of the result?",
        "Plot a signal and its smoothed copy in one picture, for kernels of 3, 31 and 101 taps.",
        "The length of the result is right, so ask which samples it was made from. Write down for the very first entry "
        "which samples lie under the kernel, and whether its middle tap is on the sample that this entry stands for; "
        "at the other end, ask which samples never came under the middle tap.",
    )
    follow_ups = {
        "Can a filter in real time avoid the delay?": (
            "No: half of a symmetric kernel lies in the future. It can be made shorter, or of minimum phase."
        ),
        "Why does a symmetric kernel delay all frequencies alike?": (
            "Its phase is linear in the frequency, so each wave is shifted by the same time."
        ),
    }
    sources = ("github.com/JuliaDSP/DSP.jl#140", "github.com/ARM-software/CMSIS_5#391")

    also_right = (
        Fix(
            "Cutting the same number off at both ends leaves the middle part.",
            "convolve($x, $h)[: len($x)]",
            "convolve($x, $h)[len($h) // 2 : len($x) + len($h) // 2]",
        ),
        Fix(
            "Zeros on both sides, one call for each.",
            "np.pad($x, (2 * $half, 0))",
            "np.concatenate([np.zeros($half), $x, np.zeros($half)])",
        ),
    )
    treats_symptom = (
        Fix(
            "Rolled back by the delay, the end of the result is filled with what belongs to the beginning.",
            "convolve($x, $h)[: len($x)]",
            "np.roll(convolve($x, $h)[: len($x)], -(len($h) // 2))",
        ),
        Fix(
            "The last entries are early where the first ones are late.",
            "np.pad($x, (2 * $half, 0))",
            "np.pad($x, (0, 2 * $half))",
        ),
    )
    rewrites = (
        Rewrite("$full[$d : $d + len($x)]", "$full[: len($x)]", full=CONVOLVED, d=role.NAME),
        Rewrite(
            "$p = np.pad($y, $half)\nreturn $w @ $h",
            "$p = np.pad($y, (2 * $half, 0))\nreturn $w @ $h",
            half=role.NAME,
            w=SLID,
        ),
        Rewrite("np.convolve($x, $h, 'same')", "np.convolve($x, $h)[: len($x)]", x=role.NAME),
        Rewrite("np.convolve($x, $h, mode='same')", "np.convolve($x, $h)[: len($x)]", x=role.NAME),
    )
    examples = (
        Example("y = np.convolve(x, kernel, mode='same')", "y = np.convolve(x, kernel)[: len(x)]"),
        Example(
            "def smooth(x, h):\n    d = len(h) // 2\n    return fftconvolve(x, h)[d : d + len(x)]\n",
            "def smooth(x, h):\n    return fftconvolve(x, h)[: len(x)]\n",
        ),
        Example(
            "def fir(x, taps, half):\n    p = np.pad(x, half)\n    return sliding_window_view(p, len(taps)) @ taps\n",
            "def fir(x, taps, half):\n    p = np.pad(x, (2 * half, 0))\n"
            "    return sliding_window_view(p, len(taps)) @ taps\n",
        ),
    )
    untouched = (
        "y = np.convolve(x, kernel)[: len(x)]",
        "part = samples[start : start + len(x)]",
        "p = np.pad(image, 1)\n",
    )
