"""Only the sizes of the bins go back into the inverse transform."""

from bugforge import Example, Fix, Mutator, Rewrite, role

SPECTRUM = role.like("np.fft.rfft($*x)", "np.fft.fft($*x)", "rfft($*x)", "fft($*x)")


class PhaseLostBeforeInverse(Mutator):
    """The phases of the waves are thrown away, so all of them start together at the first sample.

    A bin of a transform is a complex number: its size says how strong a wave is, its angle where in time it stands. The
    absolute value is what a plot of the spectrum needs. The signal cannot be made from it: each wave comes back with
    its strength and as a cosine, so the powers agree, a symmetric signal looks right, and all others are another
    signal.
    """

    symptoms = {
        "The filtered signal has the right strength and lies at other times than the wave in it.": (
            "the reconstruction is off"
        ),
    }
    hints = (
        "Send a sine through, and a cosine of the same frequency. What comes back for each?",
        "Let all frequencies pass. What should the function return then, and in which samples does it differ?",
        "A spectrum carries two real numbers for each wave, and the samples cannot be put together from one of them. "
        "Follow the complex numbers from the forward transform to the inverse one, and at each step ask whether "
        "shifting the signal in time by a sample would still leave a trace.",
    )
    follow_ups = {
        "How can a signal be rebuilt if only magnitudes are left?": (
            "From overlapping frames by Griffin and Lim's iteration, which looks for phases that agree; one frame "
            "alone does not suffice."
        ),
        "Which filters leave the phase alone?": (
            "Those whose gain is real and positive in each bin, as a mask of zeros and ones is."
        ),
    }
    sources = ("github.com/kosme/arduinoFFT#96",)

    also_right = (
        Fix(
            "Size and phase may be kept apart and put together again.",
            "np.fft.irfft(np.abs(np.fft.rfft($x)) * $g, $*n)",
            "np.fft.irfft(np.abs(np.fft.rfft($x)) * np.exp(1j * np.angle(np.fft.rfft($x))) * $g, $*n)",
        ),
        Fix(
            "Size and phase may be kept apart and put together again.",
            "$t * np.abs($bins)",
            "$t * np.abs($bins) * np.exp(1j * np.angle($bins))",
            bins=role.NAME,
        ),
    )
    treats_symptom = (
        Fix(
            "The real part keeps the cosines with their sign and loses the sines.",
            "np.fft.irfft(np.abs(np.fft.rfft($x)) * $g, $*n)",
            "np.fft.irfft(np.fft.rfft($x).real * $g, $*n)",
        ),
        Fix(
            "The real part keeps the cosines with their sign and loses the sines.",
            "($t * np.abs($bins)) @ $waves",
            "($t * np.real($bins)) @ $waves",
            bins=role.NAME,
        ),
    )
    rewrites = (
        Rewrite(
            "$s = $X\n...\nreturn np.fft.irfft($t, $*n)",
            "$s = np.abs($X)\n...\nreturn np.fft.irfft($t, $*n)",
            X=SPECTRUM,
        ),
        Rewrite(
            "$s = $X\n...\nreturn np.fft.ifft($t, $*n).real",
            "$s = np.abs($X)\n...\nreturn np.fft.ifft($t, $*n).real",
            X=SPECTRUM,
        ),
        Rewrite("np.fft.irfft(np.fft.rfft($x) * $g, $*n)", "np.fft.irfft(np.abs(np.fft.rfft($x)) * $g, $*n)"),
        Rewrite(
            "(($t * $bins) @ $waves).real / $n",
            "(($t * np.abs($bins)) @ $waves).real / $n",
            bins=role.named("bins", "spectrum", "coef", "coeffs", "coefficients", "c", "s", "X"),
        ),
    )
    examples = (
        Example(
            "def keep(x, m):\n    S = np.fft.rfft(x)\n    S[m:] = 0\n    return np.fft.irfft(S, len(x))\n",
            "def keep(x, m):\n    S = np.abs(np.fft.rfft(x))\n    S[m:] = 0\n    return np.fft.irfft(S, len(x))\n",
        ),
        Example(
            "def whiten(x, gain):\n    X = np.fft.fft(x)\n    return np.fft.ifft(X * gain).real\n",
            "def whiten(x, gain):\n    X = np.abs(np.fft.fft(x))\n    return np.fft.ifft(X * gain).real\n",
        ),
        Example(
            "def back(c, W, mask):\n    return ((mask * c) @ W).real / W.shape[1]\n",
            "def back(c, W, mask):\n    return ((mask * np.abs(c)) @ W).real / W.shape[1]\n",
        ),
    )
    untouched = (
        "def show(x):\n    S = np.fft.rfft(x)\n    return np.abs(S)\n",
        "def back(X):\n    return np.fft.irfft(X)\n",
        "def power(x):\n    S = np.abs(np.fft.rfft(x))\n    return np.fft.irfft(S * S)\n",
    )
