"""The kernel runs over the signal in the wrong direction: a correlation where a convolution is meant."""

from bugforge import Example, Fix, Mutator, Rewrite, role

SLID = role.has(role.call("sliding_window_view", "as_strided")) | role.named("frames", "windows", "patches", "segments")


class ConvKernelFlip(Mutator):
    """The first tap meets the oldest sample instead of the newest one.

    In a convolution tap j weighs the sample that is j steps back, so over a stretch of samples in order of time the
    kernel lies mirrored. Laid on unmirrored it computes a correlation. For the symmetric kernels of which most filters
    are made, both are the same number; a one-sided or rising kernel comes out reversed.
    """

    symptoms = {
        "With kernels that are not symmetric the result is not the sum one gets by hand.": (
            "sums over taps by hand are missed"
        ),
        "A filter fed block by block does not give what it gives on the whole signal.": (
            "what is kept from step to step is wrong"
        ),
    }
    hints = (
        "Send a single 1 with zeros around it through the filter, with the taps 1, 2, 3. In which order do they come "
        "out?",
        "Which tap belongs to the newest sample, by the definition, and which one does it meet here?",
        "Symmetric kernels cannot tell, so test with one whose ends differ. Put the samples of one window under each "
        "other in order of time, write beside each the tap that multiplies it according to y[i] = sum of h[j] x[i - "
        "j], and compare with the order in which the program pairs them.",
    )
    follow_ups = {
        "Why do the convolution layers of deep learning not mirror the kernel?": (
            "Their kernels are learned: a mirrored one would be learned mirrored, so the correlation does as well."
        ),
        "How is a correlation computed with Fourier transforms?": (
            "Like a convolution, with the complex conjugate of one transform, which mirrors it in time."
        ),
    }
    sources = ("github.com/astrorama/SourceXtractorPlusPlus#72",)

    also_right = (
        Fix(
            "The windows may be mirrored as well as the kernel.",
            "$view($x, len($h)) @ $h",
            "$view($x, len($h))[:, ::-1] @ $h",
        ),
        Fix(
            "The index may run backwards instead of the taps.",
            "for j, tap in enumerate(h[::-1]):\n    y[j : j + len(x)] += tap * x",
            "for j, tap in enumerate(h[::-1]):\n    y[len(h) - 1 - j : len(h) - 1 - j + len(x)] += tap * x",
        ),
        Fix(
            "np.flip is the slice in words.",
            "self.taps = np.asarray(h)",
            "self.taps = np.flip(h)",
        ),
    )
    treats_symptom = (
        Fix(
            "Mirrored in place of the kernel, the samples come out in the wrong order of time as well.",
            "$view($x, len($h)) @ $h",
            "($view($x, len($h)) @ $h)[::-1]",
            h=role.NAME,
        ),
        Fix(
            "The mean with the mirrored kernel is a third filter, which is symmetric.",
            "for j, tap in enumerate(h[::-1]):\n    y[j : j + len(x)] += tap * x",
            "for j, tap in enumerate(h[::-1]):\n    y[j : j + len(x)] += (tap + h[j]) / 2 * x",
        ),
        Fix(
            "The mean with the mirrored kernel is a third filter, which is symmetric.",
            "self.taps = np.asarray(h)",
            "self.taps = (np.asarray(h, dtype=float) + np.asarray(h, dtype=float)[::-1]) / 2",
        ),
    )
    rewrites = (
        Rewrite("$frames @ $h[::-1]", "$frames @ $h", frames=SLID),
        Rewrite("$t = np.asarray($h, $*type)[::-1]", "$t = np.asarray($h, $*type)", t=role.TAPS),
        Rewrite(
            "for $j, $tap in enumerate($h):\n    $y[$j : $j + len($x)] += $tap * $x",
            "for $j, $tap in enumerate($h[::-1]):\n    $y[$j : $j + len($x)] += $tap * $x",
        ),
        Rewrite("np.dot($seen, $h[::-1])", "np.dot($seen, $h)", h=role.TAPS),
    )
    examples = (
        Example("y = sliding_window_view(x, 5) @ h[::-1]", "y = sliding_window_view(x, 5) @ h"),
        Example("y[i] = np.dot(x[i : i + m], taps[::-1])", "y[i] = np.dot(x[i : i + m], taps)"),
        Example(
            "for j, c in enumerate(h):\n    out[j : j + len(x)] += c * x\n",
            "for j, c in enumerate(h[::-1]):\n    out[j : j + len(x)] += c * x\n",
        ),
        Example("kernel = np.asarray(h, dtype=float)[::-1]", "kernel = np.asarray(h, dtype=float)"),
    )
    untouched = (
        "order = np.asarray(order)[::-1]",
        "y = scores @ ranks[::-1]",
        "for j, c in enumerate(h):\n    out[j] += c * x\n",
    )
