"""The last frame that fits is left out."""

from typing import Any

from bugforge import Example, Fix, Mutator, Rewrite, role

FRAMES: dict[str, Any] = {
    "hop": role.HOP,
    "size": role.named("size", "frame", "frame_length", "frame_len", "win", "window", "win_length", "nperseg", "n_fft"),
}


class LastFrameDropped(Mutator):
    """The number of starts is counted as a number of gaps, or the last start that fits is excluded.

    A frame may start wherever as many samples are left as it needs, and the last such place is the number of samples
    less the size of a frame, included. One frame fits into a signal of its own length, so there is always one more
    frame than there are hops. Where gaps are counted, every signal has a frame too few; where the last start is
    excluded, those that their frames fill exactly. A signal of one frame has none in both cases.
    """

    symptoms = {
        "There is a frame less in the spectrogram than another tool has for the same file.": "another shape",
    }
    hints = (
        "How many frames of 4 with a hop of 2 fit into 8 samples? Draw them, then count those of the program.",
        "What comes out for a signal that is exactly one frame long?",
        "Fence posts and the gaps between them differ by one. List the places where a frame can start, the first and "
        "the last one that is possible included, and compare with the bound that the program uses: for a signal that "
        "is filled exactly, and for one that has a sample more.",
    )
    follow_ups = {
        "What else can be done with samples that do not fill a frame?": (
            "Pad them with zeros to a last frame; then the shape is larger and the last spectrum is of a shorter "
            "signal."
        ),
        "Why do libraries often pad half a frame at both ends?": (
            "Then frame i is centred on sample i * hop, and the first and last samples are not seen under the taper "
            "only."
        ),
    }
    sources = ("github.com/mpariente/pystoi#32",)

    also_right = (
        Fix(
            "The last possible start may be counted as included by going one hop further.",
            "range(0, len($x) - $size, $hop)",
            "range(0, len($x) - $size + 1, $hop)",
        ),
        Fix(
            "Counting the starts rounded up is counting the gaps rounded down, and one.",
            "(len($x) - $size) // $hop",
            "(len($x) - $size + $hop) // $hop",
        ),
    )
    treats_symptom = (
        Fix(
            "With a whole hop more there is sometimes a frame that is not full.",
            "range(0, len($x) - $size, $hop)",
            "range(0, len($x) - $size + $hop + 1, $hop)",
        ),
        Fix(
            "Rounding up finds the last frame unless the signal is filled exactly.",
            "(len($x) - $size) // $hop",
            "-(-(len($x) - $size) // $hop)",
            hop=role.HOP,
        ),
    )
    rewrites = (
        Rewrite("range(0, len($x) - $size + 1, $hop)", "range(0, len($x) - $size, $hop)", **FRAMES),
        Rewrite("np.arange(0, len($x) - $size + 1, $hop)", "np.arange(0, len($x) - $size, $hop)", **FRAMES),
        Rewrite("1 + (len($x) - $size) // $hop", "(len($x) - $size) // $hop", **FRAMES),
    )
    examples = (
        Example(
            "for i in range(0, len(x) - size + 1, hop):\n    rows.append(x[i : i + size])\n",
            "for i in range(0, len(x) - size, hop):\n    rows.append(x[i : i + size])\n",
        ),
        Example(
            "n_frames = 1 + (len(y) - frame_length) // hop_length", "n_frames = (len(y) - frame_length) // hop_length"
        ),
        Example(
            "starts = np.arange(0, sig.shape[0] - n_fft + 1, hop)",
            "starts = np.arange(0, sig.shape[0] - n_fft, hop)",
        ),
    )
    untouched = (
        "for i in range(0, len(rows), size):\n    batch = rows[i : i + size]\n",
        "pages = 1 + (len(rows) - 1) // per_page",
        "for i in range(0, len(x) - size, hop):\n    pass\n",
    )
