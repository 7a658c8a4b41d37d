"""The weights of a smoothing kernel do not add up to one."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

LENGTH = role.COUNT | role.named("width", "window", "size", "length", "m", "k", "n_taps", "span")


class KernelNotNormalized(Mutator):
    """A filter multiplies a constant by the sum of its taps, and that sum is not one.

    What does not change should pass a smoother unchanged, so its weights have to add up to one. A plain sum of
    neighbours, or a curve cut off at both ends, has another sum: all that is kept comes out too large or too small by
    one factor, while the shape of the result is what it should be.
    """

    symptoms = {
        "A constant signal leaves the filter at another level.": "a constant comes out at another level",
        "The smoothed curve has the shape of the signal and not its height.": "sums over taps by hand are missed",
    }
    hints = (
        "Send a constant through the filter. What comes out in the middle?",
        "What is the gain of the filter at 0 Hz, as a sum over something the program has at hand?",
        "An average is a sum whose weights share out a whole. Print the sum of the weights for several lengths, and "
        "decide whether a factor that is nearly right for long kernels is good enough for the property that the "
        "statement asks for.",
    )
    follow_ups = {
        "What should the taps of a high-pass filter add up to?": "To 0: a constant must vanish.",
        "Is dividing by the sum the right scale for every filter?": (
            "No. A band-pass is scaled to a gain of one at its middle; its taps add up to nearly 0."
        ),
    }
    sources = ("github.com/image-rs/imageproc#529", "github.com/MRtrix3/mrtrix3#1759")

    where = place.function(vocabulary.KERNEL)
    also_right = (
        Fix(
            "The mean of the taps times their number is their sum.",
            "return $a * np.hamming($m)",
            "taps = $a * np.hamming($m)\nreturn taps / (taps.mean() * $m)",
        ),
        Fix(
            "The mean of the taps times their number is their sum, whatever the taps were scaled by before.",
            "return $a * $b * np.hamming($m)",
            "taps = $a * $b * np.hamming($m)\nreturn taps / (taps.mean() * $m)",
        ),
        Fix(
            "Dividing what comes out is as good as dividing the weights.",
            "filtered(x, np.ones($m))",
            "filtered(x, np.ones($m)) / $m",
        ),
    )
    treats_symptom = (
        Fix(
            "A largest tap of one says nothing of their sum.",
            "return $a * np.hamming($m)",
            "taps = $a * np.hamming($m)\nreturn taps / taps.max()",
        ),
        Fix(
            "Another factor before the window moves the level and does not pin it to one.",
            "return $a * $b * np.hamming($m)",
            "return $a * $b * np.hamming($m) / np.hamming($m).mean()",
        ),
        Fix(
            "The root of the sum of squares is the scale for noise; a constant needs the sum.",
            "filtered(x, np.ones($m))",
            "filtered(x, np.ones($m) / np.sqrt($m))",
        ),
    )
    rewrites = (
        Rewrite("np.ones($m) / $m", "np.ones($m)", m=LENGTH),
        Rewrite("np.full($m, 1 / $m)", "np.ones($m)", m=LENGTH),
        Rewrite("$h = $v\nreturn $h / np.sum($h)", "return $v", h=role.NAME),
        Rewrite("$h = $v\n$h /= np.sum($h)\nreturn $h", "return $v", h=role.NAME),
    )
    examples = (
        Example(
            "def moving_average(x, k):\n    return np.convolve(x, np.ones(k) / k, 'valid')\n",
            "def moving_average(x, k):\n    return np.convolve(x, np.ones(k), 'valid')\n",
        ),
        Example(
            "def gaussian_kernel(s):\n    g = np.exp(-(np.arange(-9, 10) ** 2) / (2 * s**2))\n    return g / g.sum()\n",
            "def gaussian_kernel(s):\n    return np.exp(-(np.arange(-9, 10) ** 2) / (2 * s**2))\n",
        ),
        Example(
            "def smooth(x, width):\n    return filtered(x, np.full(width, 1 / width))\n",
            "def smooth(x, width):\n    return filtered(x, np.ones(width))\n",
        ),
    )
    untouched = (
        "def softmax(z):\n    e = np.exp(z)\n    return e / e.sum()\n",
        "weights = np.ones(n) / n",
        "def kernel(x):\n    return x / x.max()\n",
    )
