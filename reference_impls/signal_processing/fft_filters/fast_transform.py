"""Spectra and filters of a sampled signal by the fast Fourier transform.

    X_k = sum_i x_i exp(-2 pi j k i / n)  at  f_k = k fs / n,  k = 0 ... n // 2
    amplitude:  |X_k| / sum_i w_i,  density:  |X_k|^2 / (fs sum_i w_i^2);  bins with a twin at -f_k count twice
    convolution:  y_i = sum_j h_j x_(i-j), a product of transforms that are long enough for all of y
    low-pass:  h_j = w_j sinc(2 cutoff / fs (j - middle)), scaled to the sum 1

Shapes: x (n,), h (m,), spectra (n // 2 + 1,). Oppenheim & Schafer, "Discrete-time signal processing".
"""

import numpy as np


def frequencies(n, fs):
    """Frequency in Hz of each bin of the one-sided spectrum of n samples; shape (n // 2 + 1,)."""
    return np.fft.rfftfreq(n, 1 / fs)


def hann(n):
    """Periodic Hann window (n,)."""
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)


def multiplicity(n):
    """How many bins of the full transform of n samples each one-sided bin stands for; shape (n // 2 + 1,)."""
    paired = (n + 1) // 2
    counts = np.ones(n // 2 + 1)
    counts[1:paired] = 2
    return counts


def amplitude_spectrum(x, window=None):
    """One-sided amplitudes (n // 2 + 1,) of x (n,) under a window (n,)."""
    w = np.ones(len(x)) if window is None else np.asarray(window, dtype=float)
    return np.abs(np.fft.rfft(x * w)) / np.sum(w) * multiplicity(len(x))


def power_density(x, fs, window=None):
    """One-sided power per Hz (n // 2 + 1,) of x (n,) under a window (n,)."""
    w = np.ones(len(x)) if window is None else np.asarray(window, dtype=float)
    return np.abs(np.fft.rfft(x * w)) ** 2 / (fs * np.sum(w**2)) * multiplicity(len(x))


def in_band(n, fs, low, high):
    """Which bins (n // 2 + 1,) lie between two frequencies in Hz."""
    f = frequencies(n, fs)
    return (f >= low) & (f <= high)


def shaped(x, gains):
    """The signal x (n,) with each bin (n // 2 + 1,) scaled by its gain."""
    return np.fft.irfft(np.fft.rfft(x) * gains, len(x))


def bandpass(x, fs, low, high):
    """The part of x (n,) between two frequencies in Hz; shape (n,)."""
    return shaped(x, in_band(len(x), fs, low, high))


def band_power(x, fs, low, high):
    """Power of x between two frequencies in Hz."""
    inside = in_band(len(x), fs, low, high)
    return float(power_density(x, fs)[inside].sum() * fs / len(x))


def power_to_db(power, reference=1.0):
    """Level of a power in decibels."""
    return 10 * np.log10(np.maximum(np.asarray(power) / reference, 1e-12))


def amplitude_to_db(amplitude, reference=1.0):
    """Level of an amplitude in decibels."""
    return 20 * np.log10(np.maximum(np.asarray(amplitude) / reference, 1e-6))


def convolve(x, h):
    """Convolution (n + m - 1,) of x (n,) and h (m,)."""
    n = len(x) + len(h) - 1
    return np.fft.irfft(np.fft.rfft(x, n) * np.fft.rfft(h, n), n)


def filtered(x, h):
    """The signal x (n,) through the kernel h (m,), m odd; shape (n,)."""
    if len(h) % 2 == 0:
        raise ValueError(f"a kernel of {len(h)} taps has no middle")
    delay = (len(h) - 1) // 2
    return convolve(x, h)[delay : delay + len(x)]


def moving_average(x, width):
    """Mean of the samples around each one; shape of x (n,)."""
    return filtered(x, np.ones(width) / width)


def lowpass_kernel(cutoff, fs, n_taps):
    """Kernel (n_taps,) that passes what is slower than `cutoff` Hz."""
    nyquist = fs / 2
    if n_taps % 2 == 0 or not 0 < cutoff < nyquist:
        raise ValueError(f"need an odd number of taps and a cutoff between 0 and {nyquist}: {n_taps}, {cutoff}")
    t = np.arange(n_taps) - (n_taps - 1) / 2
    h = np.sinc(cutoff / nyquist * t) * np.hamming(n_taps)
    return h / h.sum()


def lowpass(x, cutoff, fs, n_taps=101):
    """What of x (n,) is slower than `cutoff` Hz; shape (n,)."""
    return filtered(x, lowpass_kernel(cutoff, fs, n_taps))


def decimate(x, q):
    """The signal x (n,) at a rate that is q times lower; shape (ceil(n / q),)."""
    slow = lowpass(x, 0.8 / q, 2.0, 20 * q + 1)
    return slow[::q]


def frames(x, size, hop):
    """The stretches (size,) of x (n,) that begin `hop` samples apart."""
    return [x[i : i + size] for i in range(0, len(x) - size + 1, hop)]


def spectrogram(x, size, hop):
    """Amplitudes (n_frames, size // 2 + 1) of the frames of x under a Hann window."""
    if len(x) < size:
        raise ValueError(f"{len(x)} samples do not fill a frame of {size}")
    w = hann(size)
    return np.array([amplitude_spectrum(frame, w) for frame in frames(x, size, hop)])


class StreamingFilter:
    """A kernel h (m,) over a signal that comes in blocks."""

    def __init__(self, h):
        self.h = np.asarray(h)
        self.tail = np.zeros(len(h) - 1)

    def process(self, block):
        """The next block (b,) of the filtered signal, for the next one of the signal."""
        b = len(block)
        y = convolve(block, self.h)
        y[: len(self.tail)] += self.tail
        self.tail = y[b:].copy()
        return y[:b]
