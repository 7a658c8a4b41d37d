"""Samples are dropped from a signal that still holds what the lower rate cannot carry."""

from typing import Any

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

FILTER = role.that(
    lambda term: term.kind in ("name", "attribute") and vocabulary.FILTERING.fullmatch(term.value) is not None
)
KEPT: dict[str, Any] = {"f": FILTER, "x": role.NAME, "q": ~role.number(-1)}


class DecimateWithoutAntialias(Mutator):
    """Every q-th sample is taken of the raw signal, so fast waves come back as slow ones that never were.

    At the new rate a wave above half of it has the same samples as one below: a tone of 9 kHz kept at 8 kHz is a tone
    of 1 kHz. Once the samples are gone nothing tells the two apart. The fast part has to be filtered out beforehand,
    and a signal that has none, as most examples, looks right without.
    """

    symptoms = {
        "After the rate is lowered there is a slow wave that the recording does not contain.": (
            "the filter lets pass what it should not, or the reverse"
        ),
    }
    hints = (
        "Feed in one fast wave and nothing else. What is there at the lower rate, and what should be?",
        "Which frequencies can the new rate carry, and where in the program do the others go?",
        "Take three samples a turn and keep every second one: the wave seems to turn the other way and more slowly. "
        "Ask at which step such waves should have been removed, whether anything after the dropping of samples could "
        "still do it, and what the line works on that drops them.",
    )
    follow_ups = {
        "Why is the cutoff set a little below half of the new rate?": (
            "No filter falls at once; between its cutoff and the edge it needs room to reach its full attenuation."
        ),
        "How can the work of filtering be saved where only every q-th value is kept?": (
            "Compute only these: a polyphase filter evaluates the kernel at the kept positions alone."
        ),
    }
    sources = ("github.com/SpikeInterface/spikeinterface#4605", "github.com/CoBrALab/RABIES#134")

    loses_draws = True
    also_right = (
        Fix(
            "Filtering and dropping may be written as one step.",
            "return $x[::$q]",
            "return lowpass($x, 0.8 / $q, 2.0, 20 * $q + 1)[::$q]",
        ),
    )
    treats_symptom = (
        Fix(
            "A filter after the samples are dropped finds the fast waves where they do not belong, and keeps them.",
            "return $x[::$q]",
            "return lowpass($x[::$q], 0.8, 2.0, 21)",
        ),
        Fix(
            "The mean of q neighbours weakens fast waves and slow ones, and removes neither.",
            "return $x[::$q]",
            "return moving_average($x, $q + 1 - $q % 2)[::$q]",
        ),
    )
    rewrites = (
        Rewrite("$y = $f($x, $*how)\nreturn $y[::$q]", "return $x[::$q]", **KEPT),
        Rewrite("$y = $f($x, $*how)\n$z = $y[::$q]", "$z = $x[::$q]", **KEPT),
        Rewrite("$f($x, $*how)[::$q]", "$x[::$q]", **KEPT),
    )
    examples = (
        Example("y = lowpass(x, 0.4 / q)[::q]", "y = x[::q]"),
        Example(
            "def decimate(x, q):\n    x = np.convolve(x, np.hamming(4 * q + 1), 'same')\n    return x[::q]\n",
            "def decimate(x, q):\n    return x[::q]\n",
        ),
        Example(
            "def downsample(sig, k):\n    smooth = butter_lowpass(sig, 0.8 / k)\n    return smooth[::k]\n",
            "def downsample(sig, k):\n    return sig[::k]\n",
        ),
    )
    untouched = (
        "def thin(b, sig, k):\n    y = lfilter(b, 1, sig)\n    return y[::k]\n",
        "def reverse(x):\n    y = smooth(x)\n    return y[::-1]\n",
        "def thin(x, q):\n    return x[::q]\n",
        "def every(x, q):\n    y = normalise(x)\n    return y[::q]\n",
    )
