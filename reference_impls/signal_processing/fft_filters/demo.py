"""Two sines, of 5 and 20 Hz, sampled a hundred times a second for two seconds."""

import fft_filters as fft
import numpy as np

fs, t = 100, np.arange(200) / 100
slow, fast = 3 * np.sin(2 * np.pi * 5 * t), np.cos(2 * np.pi * 20 * t)
f, amplitude = fft.frequencies(200, fs), fft.amplitude_spectrum(slow + fast)
print("bins:", len(f), "from", f"{f[0]:.3g}", "to", f"{f[-1]:.3g} Hz")
print("strongest bin:", f"{f[amplitude.argmax()]:.3g} Hz")
print("amplitudes of two sines:", ", ".join(f"{a:.3g}" for a in amplitude[[10, 40]]))
print(
    "under a Hann window:", ", ".join(f"{a:.3g}" for a in fft.amplitude_spectrum(slow + fast, fft.hann(200))[[10, 40]])
)
print("mean square and power of all bins:", f"{np.mean(slow**2):.3g}, {fft.band_power(slow, fs, 0, 50.1):.3g}")
print("levels of 0.5 as amplitude and power:", f"{fft.amplitude_to_db(0.5):.3g}, {fft.power_to_db(0.5):.3g} dB")
print("convolution of 1 2 3 and 1 0 -1:", np.round(fft.convolve(np.array([1, 2, 3]), np.array([1, 0, -1])), 6).tolist())
print(
    "a step through a moving average:", ", ".join(f"{y:.3g}" for y in fft.moving_average(np.repeat([0.0, 3.0], 4), 3))
)
print("constant after the low-pass:", f"{fft.lowpass(np.ones(200), 10, fs)[100]:.3g}")
print("fast sine after the low-pass:", f"{np.abs(fft.lowpass(fast, 10, fs)[60:140]).max():.1g}")
print("fast sine at a third of the rate:", f"{np.abs(fft.decimate(fast, 3))[15:50].max():.1g}")
print("frames:", fft.spectrogram(slow, 40, 30).shape)
stream = fft.StreamingFilter(np.ones(3))
print("joined blocks:", [round(float(y), 3) for block in ([1.0, 2.0], [3.0, 4.0]) for y in stream.process(block)])
