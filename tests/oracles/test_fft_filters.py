"""fft_filters against numpy's convolution and scipy.signal, both implementations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import signal

from .reference import implementations, load, relaxed

MODULES = {name: load("fft_filters", name) for name in implementations("fft_filters")}
whole = st.integers(-1000, 1000).map(float)


def signals(longest):
    return st.integers(1, longest).flatmap(lambda n: arrays(float, n, elements=whole))


@pytest.fixture(params=MODULES)
def module(request):
    return MODULES[request.param]


@relaxed
@given(x=signals(40), h=signals(12))
def test_convolutions_are_numpys(x, h):
    for module in MODULES.values():
        assert module.convolve(x, h) == pytest.approx(np.convolve(x, h), abs=1e-6)
        if len(h) % 2:
            middle = len(h) // 2
            assert module.filtered(x, h) == pytest.approx(np.convolve(x, h)[middle : middle + len(x)], abs=1e-6)
        stream = module.StreamingFilter(h)
        halves = [stream.process(part) for part in np.array_split(x, 2) if len(part)]
        assert np.concatenate(halves) == pytest.approx(signal.lfilter(h, 1, x), abs=1e-6)


@pytest.mark.parametrize("n", [1, 2, 3, 16, 17, 50])
def test_spectra_are_those_of_scipys_periodogram(module, rng, n):
    x, fs = rng.normal(size=n) + 2, 12.5
    for window in (np.ones(n), rng.uniform(0.5, 2, size=n)):
        theirs = {
            scaling: signal.periodogram(x, fs, window=window, detrend=False, scaling=scaling)
            for scaling in ("density", "spectrum")
        }
        f, density = theirs["density"]
        assert module.frequencies(n, fs) == pytest.approx(f)
        assert module.power_density(x, fs, window) == pytest.approx(density)
        twins = np.ones(n // 2 + 1)
        twins[1 : (n + 1) // 2] = 2
        assert module.amplitude_spectrum(x, window) == pytest.approx(np.sqrt(twins * theirs["spectrum"][1]))


@pytest.mark.parametrize(("cutoff", "n_taps"), [(3.0, 1), (1.0, 21), (3.0, 101), (4.5, 31)])
def test_the_low_pass_is_scipys(module, rng, cutoff, n_taps):
    kernel = signal.firwin(n_taps, cutoff, window="hamming", fs=10.0)
    assert module.lowpass_kernel(cutoff, 10.0, n_taps) == pytest.approx(kernel, abs=1e-12)
    x = rng.normal(size=200)
    assert module.lowpass(x, cutoff, 10.0, n_taps) == pytest.approx(np.convolve(x, kernel)[n_taps // 2 :][:200])


@pytest.mark.parametrize("q", [2, 3, 7])
def test_decimation_is_scipys_with_another_kernel(module, rng, q):
    x = rng.normal(size=500)
    kernel = signal.firwin(20 * q + 1, 0.8 / q, window="hamming")
    theirs = signal.decimate(x, q, ftype=signal.dlti(kernel, 1.0), zero_phase=True)
    assert module.decimate(x, q) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(("size", "hop"), [(16, 4), (15, 15), (32, 5)])
def test_the_spectrogram_is_scipys(module, rng, size, hop):
    x, window = rng.normal(size=200), signal.get_window("hann", size)
    assert module.hann(size) == pytest.approx(window, abs=1e-12)
    _, _, power = signal.spectrogram(
        x, window=window, noverlap=size - hop, detrend=False, scaling="spectrum", mode="magnitude"
    )
    twins = np.ones((size // 2 + 1, 1))
    twins[1 : (size + 1) // 2] = 2
    assert module.spectrogram(x, size, hop) == pytest.approx((twins * power).T)


@pytest.mark.parametrize("n", [9, 20, 201])
def test_a_band_is_what_is_left_of_the_transform(module, rng, n):
    x, fs, low, high = rng.normal(size=n), 7.0, 0.9, 2.9
    full = np.fft.fft(x)
    f = np.abs(np.fft.fftfreq(n, 1 / fs))
    expected = np.fft.ifft(np.where((f >= low) & (f <= high), full, 0)).real
    assert module.bandpass(x, fs, low, high) == pytest.approx(expected, abs=1e-12)
    assert module.band_power(x, fs, low, high) == pytest.approx(np.mean(expected**2))
