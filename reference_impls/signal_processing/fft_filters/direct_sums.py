"""Spectra and filters of a sampled signal by the sums that define them, in windows that slide over the samples.

    X_k = sum_t x_t exp(-2 pi j k t / N)  at  k rate / N,  k = 0 ... N // 2
    x_t = (1 / N) Re sum_k c_k X_k exp(2 pi j k t / N),  c_k = 2 for a bin with a twin at the negative frequency, else 1
    y_t = sum_j h_j x_(t-j)

Shapes: signal (N,), kernel (m,), spectra (N // 2 + 1,). O(N^2) where the fast transform needs O(N log N).
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def waves(n):
    """The complex waves (n // 2 + 1, n) of all bins."""
    bins, times = np.arange(n // 2 + 1), np.arange(n)
    return np.exp(2j * np.pi * np.outer(bins, times) / n)


def twins(n):
    """How many bins of the full transform each bin of the one-sided one stands for; shape (n // 2 + 1,)."""
    count = np.full(n // 2 + 1, 2.0)
    count[0] = 1.0
    if n % 2 == 0:
        count[-1] = 1.0
    return count


def analysed(x):
    """Bins (n // 2 + 1,) of x (n,)."""
    return waves(len(x)).conj() @ x


def synthesized(bins, n):
    """The n samples of the one-sided bins."""
    return ((twins(n) * bins) @ waves(n)).real / n


def frequencies(n, fs):
    """Frequency of each bin, in Hz."""
    return np.arange(n // 2 + 1) * fs / n


def hann(n):
    """Periodic Hann window (n,)."""
    phase = np.pi * np.arange(n) / n
    return np.sin(phase) ** 2


def amplitude_spectrum(x, window=None):
    """Amplitude of each bin."""
    window = np.ones(len(x)) if window is None else np.asarray(window, dtype=float)
    bins = analysed(x * window)
    return twins(len(x)) * np.abs(bins) / window.sum()


def power_density(x, fs, window=None):
    """Power per Hz of each bin."""
    window = np.ones(len(x)) if window is None else np.asarray(window, dtype=float)
    bins = analysed(x * window)
    power = bins.real**2 + bins.imag**2
    return twins(len(x)) * power / np.square(window).sum() / fs


def band_power(x, fs, low, high):
    """Power of x between two frequencies in Hz."""
    part = bandpass(x, fs, low, high)
    return float(part @ part) / len(part)


def bandpass(x, fs, low, high):
    """The part of x between two frequencies in Hz."""
    hz = frequencies(len(x), fs)
    kept = np.where((low <= hz) & (hz <= high), analysed(x), 0)
    return synthesized(kept, len(x))


def power_to_db(power, reference=1.0):
    """Decibels of a power."""
    ratio = np.asarray(power, dtype=float) / reference
    return 10 * np.log10(np.clip(ratio, 1e-12, None))


def amplitude_to_db(amplitude, reference=1.0):
    """Decibels of an amplitude."""
    return power_to_db(np.asarray(amplitude, dtype=float) ** 2, reference**2)


def convolve(x, h):
    """All entries of the convolution of x (n,) and h (m,)."""
    x = np.asarray(x, dtype=float)
    y = np.zeros(len(x) + len(h) - 1)
    for j, tap in enumerate(h):
        y[j : j + len(x)] += tap * x
    return y


def filtered(x, h):
    """As many entries as x has, each with the kernel's middle over it."""
    half, is_even = divmod(len(h) - 1, 2)
    if is_even:
        raise ValueError(f"a kernel needs a middle, not {len(h)} taps")
    padded = np.pad(np.asarray(x, dtype=float), half)
    return sliding_window_view(padded, len(h)) @ h[::-1]


def moving_average(x, width):
    """Mean over `width` samples around each sample."""
    return filtered(x, np.full(width, 1 / width))


def lowpass_kernel(cutoff, fs, n_taps):
    """Taps of a windowed sinc."""
    if not 0 < 2 * cutoff < fs:
        raise ValueError(f"{cutoff} Hz is not between 0 and half of {fs} Hz")
    if n_taps % 2 == 0:
        raise ValueError(f"a kernel of {n_taps} taps has no middle")
    away = np.arange(n_taps) - n_taps // 2
    taps = 2 * cutoff / fs * np.sinc(2 * cutoff / fs * away) * np.hamming(n_taps)
    taps /= taps.sum()
    return taps


def lowpass(x, cutoff, fs, n_taps=101):
    """The slow part of x."""
    return filtered(x, lowpass_kernel(cutoff, fs, n_taps))


def decimate(x, q):
    """Every q-th sample of the slow part."""
    taps = lowpass_kernel(0.4 / q, 1.0, 20 * q + 1)
    return filtered(x, taps)[::q]


def spectrogram(x, size, hop):
    """Amplitudes of frame after frame."""
    if len(x) < size:
        raise ValueError(f"a frame of {size} is longer than the signal")
    n_frames = 1 + (len(x) - size) // hop
    rows = np.empty((n_frames, size // 2 + 1))
    for k in range(n_frames):
        rows[k] = amplitude_spectrum(x[k * hop : k * hop + size], hann(size))
    return rows


class StreamingFilter:
    """A filter for a signal in pieces."""

    def __init__(self, h):
        self.taps = np.asarray(h)[::-1]
        self.past = np.zeros(len(self.taps) - 1)

    def process(self, block):
        """Filtered samples, one for each new sample."""
        seen = np.concatenate([self.past, block])
        self.past = seen[len(block) :]
        return sliding_window_view(seen, len(self.taps)) @ self.taps
