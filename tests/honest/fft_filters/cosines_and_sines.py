"""A matrix of cosines and sines instead of a transform, and filters that add up shifted and scaled copies."""

import numpy as np


def frequencies(n, fs):
    return np.arange(n // 2 + 1) * fs / n


def hann(n):
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)


def _waves(n):
    turns = np.outer(np.arange(n // 2 + 1), np.arange(n)) % n
    return np.cos(2 * np.pi * turns / n), np.sin(2 * np.pi * turns / n)


def _parts(x):
    cosines, sines = _waves(len(x))
    x = np.array(x, dtype=float)
    return cosines @ x, sines @ x


def _twins(n):
    return np.array([1.0 if k == 0 or 2 * k == n else 2.0 for k in range(n // 2 + 1)])


def amplitude_spectrum(x, window=None):
    n = len(x)
    window = np.ones(n) if window is None else window
    return _twins(n) * np.hypot(*_parts(np.multiply(x, window, dtype=float))) / np.sum(window)


def power_density(x, fs, window=None):
    n = len(x)
    window = np.ones(n) if window is None else np.asarray(window, dtype=float)
    a, b = _parts(np.multiply(x, window, dtype=float))
    return _twins(n) * (a * a + b * b) / (window * window).sum() / fs


def bandpass(x, fs, low, high):
    n, f = len(x), frequencies(len(x), fs)
    a, b = _parts(x)
    cosines, sines = _waves(n)
    kept = _twins(n) * ((f >= low) & (f <= high)) / n
    return (kept * a) @ cosines + (kept * b) @ sines


def band_power(x, fs, low, high):
    part = bandpass(x, fs, low, high)
    return float(part @ part / len(part))


def spectrogram(x, size, hop):
    starts = range(0, len(x) - size + 1, hop)
    if not starts:
        raise ValueError("the signal is shorter than a frame")
    window = hann(size)
    return np.array([amplitude_spectrum(x[start : start + size], window) for start in starts])


def _decibels(values, reference, factor):
    values = np.asarray(values, dtype=float) / reference
    levels = np.full(values.shape, -120.0)
    some = values > 0
    levels[some] = np.maximum(factor * np.log10(values[some]), -120.0)
    return levels


def power_to_db(power, reference=1.0):
    return _decibels(power, reference, 10)


def amplitude_to_db(amplitude, reference=1.0):
    return _decibels(amplitude, reference, 20)


def convolve(x, h):
    y = np.zeros(len(x) + len(h) - 1)
    for j in range(len(h)):
        y[j : j + len(x)] += float(h[j]) * np.asarray(x, dtype=float)
    return y


def filtered(x, h):
    middle, even = divmod(len(h), 2)
    if not even:
        raise ValueError("the kernel has no middle")
    y = np.zeros(len(x))
    for i in range(len(x)):
        for j in range(max(0, i + middle - len(x) + 1), min(len(h), i + middle + 1)):
            y[i] += float(h[j]) * float(x[i + middle - j])
    return y


def moving_average(x, width):
    return filtered(x, np.ones(width)) / width


def lowpass_kernel(cutoff, fs, n_taps):
    if not 0 < cutoff < fs / 2:
        raise ValueError("the cutoff lies between 0 and half the rate")
    if n_taps % 2 != 1:
        raise ValueError("an even number of taps")
    last = n_taps - 1
    taps = []
    for i in range(n_taps):
        t = i - last / 2
        ideal = 2 * cutoff / fs if t == 0 else np.sin(2 * np.pi * cutoff / fs * t) / (np.pi * t)
        taps.append(ideal * (0.54 - 0.46 * np.cos(2 * np.pi * i / last) if last else 1.0))
    return np.array(taps) / sum(taps)


def lowpass(x, cutoff, fs, n_taps=101):
    return filtered(x, lowpass_kernel(cutoff, fs, n_taps))


def decimate(x, q):
    smooth = lowpass(x, 0.4, q, 20 * q + 1)
    return np.array([smooth[i] for i in range(0, len(x), q)])


class StreamingFilter:
    def __init__(self, h):
        self.h = [float(tap) for tap in h]
        self.memory = [0.0] * len(self.h)

    def process(self, block):
        results = []
        for sample in block:
            self.memory = [float(sample), *self.memory[:-1]]
            results.append(sum(tap * past for tap, past in zip(self.h, self.memory, strict=True)))
        return np.array(results)
