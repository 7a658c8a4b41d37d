import numpy as np
import pytest
from fft_filters import (
    StreamingFilter,
    amplitude_spectrum,
    amplitude_to_db,
    band_power,
    bandpass,
    convolve,
    decimate,
    filtered,
    frequencies,
    hann,
    lowpass,
    lowpass_kernel,
    moving_average,
    power_density,
    power_to_db,
    spectrogram,
)


def sine(n, k, rng):
    """k whole turns over n samples, from a drawn phase on."""
    return np.sin(2 * np.pi * (k * np.arange(n) / n + rng.random()))


def summed(x, h):
    """What the entries of a convolution are, term by term."""
    y = [0.0] * (len(x) + len(h) - 1)
    for i, sample in enumerate(x):
        for j, tap in enumerate(h):
            y[i + j] += float(sample) * float(tap)
    return np.array(y)


def gain(h, turns):
    """By which factor a kernel scales a wave of so many turns a sample."""
    return abs(sum(tap * np.exp(-2j * np.pi * turns * j) for j, tap in enumerate(h)))


def gain_of_decimation(q):
    """Of a wave at 0.8 of half the new rate, from its middle sample and the one a quarter turn later."""
    turns, n = 0.4 / q, 80 * q + 1
    at = n // 2 - n // 2 % q
    waves = [np.cos(2 * np.pi * turns * (np.arange(n) - at) + phase) for phase in (0, -np.pi / 2)]
    even, odd = (decimate(wave, q)[at // q] for wave in waves)
    return np.hypot(even, odd)


def test_bins_are_equally_spaced_from_zero(rng):
    fs = rng.uniform(3, 900)
    for n in (2 * rng.integers(4, 40), 2 * rng.integers(4, 40) + 1):
        expected = [k * fs / n for k in range(int(n) // 2 + 1)]
        assert frequencies(int(n), fs) == pytest.approx(np.array(expected)), f"bins of {n} samples lie elsewhere"


def test_the_hann_window_is_a_squared_sine(rng):
    for n in rng.integers(2, 40, size=3).tolist():
        expected = [np.sin(np.pi * i / n) ** 2 for i in range(n)]
        assert hann(n) == pytest.approx(np.array(expected), abs=1e-12), f"the window of {n} samples is another one"


def test_a_sine_has_its_amplitude(rng):
    for n in (2 * rng.integers(15, 40), 2 * rng.integers(15, 40) + 1):
        k, a = int(rng.integers(3, n // 2 - 3)), rng.uniform(2, 9)
        x = a * sine(n, k, rng)
        plain = np.zeros(n // 2 + 1)
        plain[k] = a
        assert amplitude_spectrum(x) == pytest.approx(plain, abs=1e-9), "a sine on a bin is not its amplitude there"
        weights = rng.uniform(1, 5) * (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n))
        windowed = amplitude_spectrum(x, weights)
        assert len(windowed) == n // 2 + 1, "there is not one amplitude for each bin"
        assert windowed[k] == pytest.approx(a), "under a window a sine has another amplitude"


def test_a_constant_has_its_size_at_zero(rng):
    for n in rng.integers(5, 40, size=2):
        c, window = -rng.uniform(1, 9), rng.uniform(0.5, 2, size=n)
        for amplitudes in (amplitude_spectrum(np.full(n, c)), amplitude_spectrum(np.full(n, c), window)):
            assert amplitudes[0] == pytest.approx(-c), "a constant c has not |c| at 0 Hz"


def test_the_fastest_oscillation_has_its_amplitude(rng):
    half, a = int(rng.integers(4, 30)), rng.uniform(1, 9)
    even = a * (-1.0) ** np.arange(2 * half)
    assert amplitude_spectrum(even)[-1] == pytest.approx(a), "a change of sign at each sample has another amplitude"
    odd = a * sine(2 * half + 1, half, rng)
    assert amplitude_spectrum(odd)[-1] == pytest.approx(a), "the fastest sine of an odd number of samples is off"


def test_the_density_adds_up_to_the_mean_square(rng):
    fs = rng.uniform(2, 50)
    for n in (2 * int(rng.integers(5, 30)), 2 * int(rng.integers(5, 30)) + 1):
        x, w = rng.normal(size=n) + 1, rng.uniform(0.2, 3, size=n)
        plain, windowed = power_density(x, fs), power_density(x, fs, w)
        assert plain.sum() * fs / n == pytest.approx(x @ x / n), "the density does not add up to the mean square"
        expected = sum((w * x) ** 2) / sum(w**2)
        assert windowed.sum() * fs / n == pytest.approx(expected), "a windowed density adds up to another power"


def test_powers_of_bands_are_those_of_their_sines(rng):
    n, fs = int(rng.integers(50, 90)), rng.uniform(2, 50)
    (j, k), (a, b) = rng.choice(np.arange(2, 11), size=2, replace=False) * 2, rng.uniform(1, 5, size=2)
    x = a * sine(n, j, rng) + b * sine(n, k, rng)
    for bin_, size in ((j, a), (k, b)):
        power = band_power(x, fs, (bin_ - 1.5) * fs / n, (bin_ + 1.5) * fs / n)
        assert power == pytest.approx(size**2 / 2), "the power of a sine's band is not half its squared amplitude"
    assert band_power(x, fs, 0, fs) == pytest.approx(x @ x / n), "the power of all bins is not the mean square"


def test_a_band_keeps_its_sine_as_it_was(rng):
    n, fs = int(rng.integers(40, 70)), rng.uniform(2, 50)
    inner, outer = 2.5 * sine(n, 9, rng), sine(n, 3, rng) + sine(n, 14, rng) + 4
    part = bandpass(inner + outer, fs, 7.5 * fs / n, 11.5 * fs / n)
    assert part == pytest.approx(inner, abs=1e-9), "a sine inside the band comes out changed, or others remain"


def test_the_whole_band_is_the_signal(rng):
    for n in (2 * int(rng.integers(3, 20)), 2 * int(rng.integers(3, 20)) + 1):
        x = rng.normal(size=n) + 3
        assert bandpass(x, 8.0, 0, 8) == pytest.approx(x), f"{n} samples do not return from a band that holds all bins"


def test_rows_of_a_spectrogram_are_spectra_of_frames(rng):
    size, hop = int(rng.integers(12, 24)), int(rng.integers(3, 9))
    a = rng.uniform(1, 9, size=4)
    x = np.repeat(a, [hop, hop, hop, size]) * np.cos(2 * np.pi * 4 * np.arange(size + 3 * hop) / size)
    rows = spectrogram(x, size, hop)
    assert rows[3, 4] == pytest.approx(a[3]), "a row does not show the amplitude of its own frame"
    for i in range(4):
        frame = np.array([np.sin(np.pi * t / size) ** 2 * x[i * hop + t] for t in range(size)])
        turned = abs(sum(value * np.exp(-2j * np.pi * 4 * t / size) for t, value in enumerate(frame)))
        assert rows[i, 4] == pytest.approx(4 * turned / size), f"row {i} is not the spectrum of a frame under Hann"


def test_every_frame_that_fits_is_a_row(rng):
    size, hop, more = int(rng.integers(4, 20)), int(rng.integers(2, 9)), int(rng.integers(1, 6))
    n = size + more * hop
    for length, rows in ((n, more + 1), (n - 1, more), (n + hop - 1, more + 1), (size, 1)):
        shape = np.shape(spectrogram(rng.normal(size=length), size, hop))
        assert shape == (rows, size // 2 + 1), f"{length} samples, frames of {size}, hop {hop}: {shape}"


def test_levels_of_powers(rng):
    exponents, reference = rng.integers(-6, 9, size=5), rng.uniform(0.5, 9)
    levels = power_to_db(reference * 10.0**exponents, reference)
    assert levels == pytest.approx(10.0 * exponents, abs=1e-9), "ten times the power is not ten decibels more"
    assert power_to_db(100.0) == pytest.approx(20), "without a reference a power is not held against 1"


def test_levels_of_amplitudes(rng):
    exponents, reference = rng.integers(-3, 9, size=5), rng.uniform(0.5, 9)
    levels = amplitude_to_db(reference * 10.0**exponents, reference)
    assert levels == pytest.approx(20.0 * exponents, abs=1e-9), "an amplitude has not the level of its power"
    assert amplitude_to_db(100.0) == pytest.approx(40), "without a reference an amplitude is not held against 1"


def test_every_tap_meets_every_sample(rng):
    for n, m in (rng.integers(9, 20, size=2), (int(rng.integers(9, 20)), 3), (2, int(rng.integers(5, 9))), (1, 1)):
        x, h = rng.normal(size=n), rng.normal(size=m)
        assert convolve(x, h) == pytest.approx(summed(x, h), abs=1e-9), f"{n} samples and {m} taps are summed otherwise"


def test_an_impulse_shows_the_kernel(rng):
    h, n = rng.normal(size=2 * rng.integers(1, 5) + 1), int(rng.integers(25, 40))
    at, middle = int(rng.integers(6, n - 6)), len(h) // 2
    y = filtered(np.eye(n)[at], h)
    expected = np.zeros(n)
    expected[at - middle : at + middle + 1] = h
    assert y == pytest.approx(expected, abs=1e-9), "an impulse does not come out as the kernel, middle on the impulse"


def test_a_symmetric_kernel_does_not_move_a_peak(rng):
    n, half = int(rng.integers(30, 50)), rng.uniform(0.1, 0.9, size=int(rng.integers(1, 6)))
    at = int(rng.integers(10, n - 12))
    y = filtered(np.eye(n)[at] * 2, np.concatenate([half, [1.0], half[::-1]]))
    assert len(y) == n and int(np.argmax(y)) == at, "a peak is at another place after a symmetric kernel"


def test_a_moving_average_is_a_mean_of_neighbours(rng):
    x, half = rng.normal(size=int(rng.integers(12, 30))) + 2, int(rng.integers(1, 5))
    width = 2 * half + 1
    expected = [sum(x[max(i - half, 0) : i + half + 1]) / width for i in range(len(x))]
    assert moving_average(x, width) == pytest.approx(np.array(expected)), "a sample is not the mean of its neighbours"
    assert moving_average(x, 1) == pytest.approx(x), "an average over one sample is not the sample"


def test_a_constant_passes_the_low_pass(rng):
    fs, n_taps, c = rng.uniform(5, 90), 2 * int(rng.integers(8, 20)) + 1, rng.uniform(1, 9)
    h = lowpass_kernel(rng.uniform(0.05, 0.4) * fs, fs, n_taps)
    assert len(h) == n_taps and h == pytest.approx(h[::-1], abs=1e-12), "the kernel is not as long as asked, or uneven"
    y = filtered(np.full(3 * n_taps, c), h)
    assert y[n_taps : 2 * n_taps] == pytest.approx(np.full(n_taps, c)), "a constant is not what it was"


def test_the_gain_falls_at_the_cutoff(rng):
    fs, n_taps = rng.uniform(5, 90), 2 * int(rng.integers(30, 40)) + 1
    turns = rng.uniform(0.1, 0.4)
    h = lowpass_kernel(turns * fs, fs, n_taps)
    at, below, above = (gain(h, turns + shift) / gain(h, 0) for shift in (0, -0.06, 0.06))
    assert at == pytest.approx(0.5, abs=0.02), "the gain at the cutoff is not one half"
    assert below == pytest.approx(1, abs=0.01), "what is slower than the cutoff does not pass as it is"
    assert above < 0.01, "what is faster than the cutoff passes"


def test_a_slow_sine_passes_and_a_fast_one_does_not(rng):
    n, fs = int(rng.integers(180, 220)), rng.uniform(5, 90)
    time, cutoff = np.arange(n), rng.uniform(0.1, 0.3)
    slow, fast = (np.sin(2 * np.pi * (cutoff + shift) * time) for shift in (-0.05, 0.05))
    y = lowpass(slow + fast, cutoff * fs, fs, n_taps=101)
    assert y[50:-50] == pytest.approx(slow[50:-50], abs=0.02), "a slow sine is changed, or a fast one remains"
    assert lowpass(slow + fast, cutoff * fs, fs) == pytest.approx(y), "the kernel by default has not 101 taps"


def test_decimation_keeps_what_is_slow(rng):
    q, n = int(rng.integers(2, 5)), int(rng.integers(190, 230))
    x = np.cos(2 * np.pi * (rng.uniform(0.05, 0.3) / q * np.arange(n) + rng.random()))
    y = decimate(x, q)
    assert len(y) == len(range(0, n, q)), "not every q-th sample is there, from the first one on"
    inner = slice(12, -12)
    assert y[inner] == pytest.approx(x[::q][inner], abs=0.02), "a slow wave is not its own samples"
    noise = rng.normal(size=n)
    through = lowpass(noise, 0.8, 2 * q, 20 * q + 1)[::q]
    assert decimate(noise, q) == pytest.approx(through, abs=1e-9), "noise is not low-passed as stated, to its very ends"


def test_decimation_lets_nothing_fold_back(rng):
    q, n = int(rng.integers(2, 5)), int(rng.integers(190, 230))
    turns = rng.uniform(0.51, 0.9) / q if q > 2 else rng.uniform(0.26, 0.45)
    y = decimate(np.cos(2 * np.pi * turns * np.arange(n)), q)
    assert np.abs(y[12:-12]).max() < 0.02, "a wave faster than the new rate can carry is still there"
    edge = gain_of_decimation(q)
    assert edge == pytest.approx(0.5, abs=0.03), "the gain at 0.8 of the new half rate is not one half"


def test_blocks_of_any_length_make_one_signal(rng):
    h = rng.normal(size=int(rng.integers(5, 9)))
    for sizes in ([20, 17, 30], rng.integers(1, 4, size=20), [1, 12, 2, 2, 25]):
        x, first, second = rng.normal(size=sum(sizes)), StreamingFilter(h), StreamingFilter(h[:3])
        parts = []
        for block in np.split(x, np.cumsum(sizes)[:-1]):
            parts.append(first.process(block))
            second.process(block)
            assert len(parts[-1]) == len(block), "a block returns with another length"
        assert np.concatenate(parts) == pytest.approx(summed(x, h)[: len(x)], abs=1e-9), (
            f"blocks of {list(map(int, sizes))} samples, joined, are not the filtered signal"
        )


@pytest.mark.edge_case
def test_levels_have_a_floor(rng):
    for level, tiny in ((power_to_db, 1e-13), (amplitude_to_db, 1e-7)):
        reference = rng.uniform(0.5, 9)
        levels = level(reference * np.array([0, tiny, 1]), reference)
        assert levels == pytest.approx(np.array([-120, -120, 0]), abs=1e-9), "a level is below -120 dB"
    assert amplitude_to_db(1e-5) == pytest.approx(-100), "a small amplitude has not its own level"
    assert power_to_db(1e-11) == pytest.approx(-110), "a small power has not its own level"


@pytest.mark.edge_case
def test_a_single_sample(rng):
    a, h = rng.uniform(1, 9), rng.normal(size=3)
    x = np.array([a])
    assert amplitude_spectrum(x) == pytest.approx(x), "a single sample is not its own spectrum"
    assert power_density(x, 4.0) == pytest.approx(x**2 / 4), "a single sample has not its square as power"
    assert bandpass(x, 4.0, 0, 2) == pytest.approx(x), "a single sample is not its own part"
    assert filtered(x, h) == pytest.approx(a * h[1:2]), "a single sample does not meet the middle tap"
    assert frequencies(1, 4.0) == pytest.approx([0]), "a single sample has not one bin at 0 Hz"
    assert StreamingFilter(h[:1]).process(x) == pytest.approx(a * h[:1]), "a single tap does not scale a single sample"


@pytest.mark.edge_case
def test_bytes_are_numbers_like_others(rng):
    x, h = rng.integers(100, 256, size=30, dtype=np.uint8), rng.integers(100, 256, size=5, dtype=np.uint8)
    real, taps = x.astype(float), h.astype(float)
    assert convolve(x, h) == pytest.approx(convolve(real, taps)), "bytes are convolved otherwise than floats"
    assert filtered(x, h) == pytest.approx(filtered(real, taps)), "bytes are filtered otherwise than floats"
    assert StreamingFilter(h).process(x) == pytest.approx(StreamingFilter(taps).process(real)), (
        "a stream of bytes is off"
    )
    assert power_density(x, 9, x) == pytest.approx(power_density(real, 9, real)), "bytes have another power density"
    assert amplitude_spectrum(x, x) == pytest.approx(amplitude_spectrum(real, real)), "bytes have other amplitudes"
    assert amplitude_to_db(x) == pytest.approx(amplitude_to_db(real)), "bytes have other levels than floats"


@pytest.mark.edge_case
def test_what_cannot_be_done_is_refused(rng):
    x, m = rng.normal(size=int(rng.integers(30, 60))), 2 * int(rng.integers(1, 9))
    refused = [
        lambda: filtered(x, np.ones(m)),
        lambda: moving_average(x, m),
        lambda: lowpass_kernel(2.0, 10.0, m),
        lambda: lowpass(x, 2.0, 10.0, m),
        lambda: spectrogram(x, len(x) + 1, 3),
        *(lambda c=cutoff: lowpass_kernel(c, 10.0, 11) for cutoff in (0, -1.0, 5.0, 6.0)),
    ]
    for call in refused:
        with pytest.raises(ValueError):
            call()
    assert len(lowpass_kernel(4.99, 10.0, 11)) == 11, "a cutoff below half the rate is refused"


@pytest.mark.edge_case
def test_inputs_are_left_alone(rng, unchanged):
    x, h = rng.normal(size=60), rng.normal(size=7)
    window, power = rng.uniform(1, 2, size=60), np.array([0.0, 1.0, 4.0])
    with unchanged(x, h, window, power):
        amplitude_spectrum(x, window)
        power_density(x, 5.0, window)
        bandpass(x, 5.0, 1, 2)
        filtered(x, h)
        convolve(x, h)
        decimate(x, 2)
        spectrogram(x, 20, 5)
        stream = StreamingFilter(h)
        stream.process(x[:3])
        stream.process(x[3:])
        amplitude_to_db(power)
        power_to_db(power)
