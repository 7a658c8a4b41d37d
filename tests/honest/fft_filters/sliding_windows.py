"""rfft for the spectra; for the filters windows that slide over a padded signal, and a product with the kernel."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def frequencies(n, fs):
    return np.fft.rfftfreq(n, 1 / fs)


def hann(n):
    return np.sin(np.pi * np.arange(n) / n) ** 2


def _doubled(n):
    """How often each bin of n samples counts: twice where it has a twin."""
    counts = np.full(n // 2 + 1, 2.0)
    counts[0] = 1.0
    if n % 2 == 0:
        counts[-1] = 1.0
    return counts


def _window(x, window):
    return np.ones(len(x)) if window is None else np.asarray(window, float)


def amplitude_spectrum(x, window=None):
    w = _window(x, window)
    return np.abs(np.fft.rfft(np.asarray(x, float) * w)) * _doubled(len(x)) / w.sum()


def power_density(x, fs, window=None):
    w = _window(x, window)
    spectrum = np.fft.rfft(np.asarray(x, float) * w)
    return (spectrum.real**2 + spectrum.imag**2) * _doubled(len(x)) / (fs * np.sum(w**2))


def bandpass(x, fs, low, high):
    f, spectrum = frequencies(len(x), fs), np.fft.rfft(np.asarray(x, float))
    return np.fft.irfft(np.where((low <= f) & (f <= high), spectrum, 0), len(x))


def band_power(x, fs, low, high):
    return float(np.mean(bandpass(x, fs, low, high) ** 2))


def spectrogram(x, size, hop):
    if len(x) < size:
        raise ValueError("no frame fits")
    frames = sliding_window_view(np.asarray(x, float), size)[::hop]
    return np.stack([amplitude_spectrum(frame, hann(size)) for frame in frames])


def power_to_db(power, reference=1.0):
    ratio = np.asarray(power, float) / reference
    return 10 * np.log10(np.clip(ratio, 1e-12, None))


def amplitude_to_db(amplitude, reference=1.0):
    ratio = np.asarray(amplitude, float) / reference
    return 20 * np.log10(np.clip(ratio, 1e-6, None))


def convolve(x, h):
    x, h = np.asarray(x, float), np.asarray(h, float)
    padded = np.pad(x, len(h) - 1)
    return sliding_window_view(padded, len(h)) @ h[::-1]


def _centred(x, h):
    if len(h) % 2 == 0:
        raise ValueError("a kernel of even length has no middle")
    half = len(h) // 2
    return convolve(x, h)[half : half + len(x)]


def filtered(x, h):
    return _centred(x, h)


def moving_average(x, width):
    return _centred(x, np.full(width, 1 / width))


def lowpass_kernel(cutoff, fs, n_taps):
    if n_taps % 2 == 0 or not 0 < cutoff < fs / 2:
        raise ValueError("an odd number of taps and a cutoff below half the rate are needed")
    k = np.arange(n_taps) - n_taps // 2
    taps = np.sinc(2 * cutoff / fs * k) * np.hamming(n_taps)
    return taps / taps.sum()


def lowpass(x, cutoff, fs, n_taps=101):
    return filtered(x, lowpass_kernel(cutoff, fs, n_taps))


def decimate(x, q):
    return lowpass(x, 0.8 / (2 * q), 1, 20 * q + 1)[::q]


class StreamingFilter:
    def __init__(self, h):
        self.h = np.array(h, float)
        self.tail = np.zeros(len(self.h) - 1)

    def process(self, block):
        line = np.concatenate([self.tail, np.asarray(block, float)])
        self.tail = line[len(line) - len(self.tail) :].copy()
        return sliding_window_view(line, len(self.h)) @ self.h[::-1]
