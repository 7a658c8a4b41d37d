"""The full complex transform folded by hand, lengths of powers of two, a stream that keeps samples in a list."""

import numpy as np


def frequencies(n, fs):
    return np.linspace(0.0, (n // 2) * fs / n, n // 2 + 1)


def hann(n):
    return np.hanning(n + 1)[:-1]


def folded(values):
    """One-sided sums of what each bin and its negative twin have."""
    n = len(values)
    out = list(values[: n // 2 + 1])
    for k in range(1, n // 2 + 1):
        if k != n - k:
            out[k] = out[k] + values[n - k]
    return np.array(out)


def amplitude_spectrum(x, window=None):
    if window is None:
        window = np.ones(len(x))
    window = np.array(window, float)
    return folded(abs(np.fft.fft(np.array(x, float) * window))) / window.sum()


def power_density(x, fs, window=None):
    if window is None:
        window = np.ones(len(x))
    window = np.array(window, float)
    scale = fs * (window @ window)
    return folded(abs(np.fft.fft(np.array(x, float) * window)) ** 2) / scale


def bandpass(x, fs, low, high):
    n = len(x)
    spectrum = np.fft.fft(x)
    for k in range(n):
        f = min(k, n - k) * fs / n
        if not low <= f <= high:
            spectrum[k] = 0
    return np.fft.ifft(spectrum).real


def band_power(x, fs, low, high):
    return float(np.mean(bandpass(x, fs, low, high) ** 2))


def spectrogram(x, size, hop):
    frames = []
    start = 0
    while start + size <= len(x):
        frames.append(amplitude_spectrum(x[start : start + size], hann(size)))
        start += hop
    if not frames:
        raise ValueError("no frame fits")
    return np.stack(frames)


def _db(ratio, factor):
    ratio = np.atleast_1d(np.asarray(ratio, float))
    out = np.full(ratio.shape, -120.0)
    positive = ratio > 0
    out[positive] = np.maximum(factor * np.log10(ratio[positive]), -120.0)
    return out


def power_to_db(power, reference=1.0):
    return _db(np.asarray(power, float) / reference, 10).reshape(np.shape(power))


def amplitude_to_db(amplitude, reference=1.0):
    return _db(np.asarray(amplitude, float) / reference, 20).reshape(np.shape(amplitude))


def convolve(x, h):
    size = 1
    while size < len(x) + len(h) - 1:
        size *= 2
    product = np.fft.fft(x, size) * np.fft.fft(h, size)
    return np.fft.ifft(product).real[: len(x) + len(h) - 1]


def filtered(x, h):
    m = len(h)
    if m % 2 == 0:
        raise ValueError("even kernel")
    return np.convolve(np.array(x, float), np.array(h, float))[m // 2 : m // 2 + len(x)]


def moving_average(x, width):
    if width % 2 == 0:
        raise ValueError("even width")
    half = width // 2
    sums = np.cumsum(np.concatenate([np.zeros(half + 1), x, np.zeros(half)]))
    return (sums[width:] - sums[:-width]) / width


def lowpass_kernel(cutoff, fs, n_taps):
    if cutoff <= 0 or cutoff >= fs / 2:
        raise ValueError("cutoff")
    if n_taps % 2 != 1:
        raise ValueError("taps")
    half = (n_taps - 1) // 2
    j = np.arange(1, half + 1)
    omega = 2 * np.pi * cutoff / fs
    side = np.sin(omega * j) / (np.pi * j) * (0.54 + 0.46 * np.cos(np.pi * j / max(half, 1)))
    h = np.concatenate([side[::-1], [omega / np.pi], side])
    return h / np.sum(h)


def lowpass(x, cutoff, fs, n_taps=101):
    return filtered(x, lowpass_kernel(cutoff, fs, n_taps))


def decimate(x, q):
    y = lowpass(x, 0.8 * (1 / q) / 2, 1, 20 * q + 1)
    return np.array([y[i] for i in range(0, len(y), q)])


class StreamingFilter:
    def __init__(self, h):
        self.h = [float(tap) for tap in h]
        self.history = [0.0] * len(self.h)

    def process(self, block):
        out = []
        for sample in block:
            self.history = [float(sample), *self.history[:-1]]
            out.append(sum(a * b for a, b in zip(self.h, self.history, strict=True)))
        return np.array(out)
