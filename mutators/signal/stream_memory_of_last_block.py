"""What a filter remembers between two blocks comes from the newest block alone."""

from bugforge import Example, Fix, Mutator, Rewrite, role

STATE = role.that(lambda term: term.kind == "attribute" and term.children[0].value == "self")


class StreamMemoryOfLastBlock(Mutator):
    """A block that is shorter than the kernel does not push all older samples out, but the program acts as if it did.

    A kernel of m taps needs the last m - 1 samples, whichever blocks they came in. With long blocks they all lie in the
    newest one, and the shortcut works for weeks. When a short block comes, for instance the rest of a file, what is
    older than it is forgotten while it should still have an effect.
    """

    symptoms = {
        "Fed in small pieces, the filter gives something else than on the whole recording.": (
            "what is kept from step to step is wrong"
        ),
        "Given a short block it goes on, and the next call may stop with an error.": "raises",
    }
    hints = (
        "Feed the same signal in one block, in blocks of fifty, and sample by sample. When do the results differ?",
        "How many blocks back can the oldest sample lie that still meets a tap?",
        "Take a kernel of five taps and blocks of two samples. Write down which earlier samples or which unfinished "
        "sums must be known before the third block, and in which block each of them arose; then look at what the "
        "object holds at that moment, and at the moment in which part of it was let go.",
    )
    follow_ups = {
        "How can such an object be tested?": (
            "By a property: any way of cutting a signal into blocks gives the same joined result as one block."
        ),
        "What does overlap-add keep, and what does overlap-save?": (
            "The first keeps sums that are not finished, the second the last input samples; both have m - 1 numbers."
        ),
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "The last m - 1 of old and new samples together, counted from the end.",
            "$seen = np.concatenate([$past, $b])\n$past = $b[-len($past) :]",
            "$seen = np.concatenate([$past, $b])\n$past = $seen[len($seen) - len($past) :]",
        ),
        Fix(
            "All of the memory is added, into a result that is long enough for it.",
            "$y[: min(len($tail), $b)] += $tail[:$b]",
            "$y += np.pad($tail, (0, len($y) - len($tail)))",
        ),
    )
    treats_symptom = (
        Fix(
            "Zeros for the samples that are missing keep the length and not the signal.",
            "$past = $b[-len($past) :]",
            "$past = np.concatenate([0 * $past, $b])[len($b) :]",
        ),
        Fix(
            "The end of the memory is as little all of it as its beginning.",
            "$y[: min(len($tail), $b)] += $tail[:$b]",
            "$y[: min(len($tail), $b)] += $tail[-$b:]",
        ),
    )
    rewrites = (
        Rewrite(
            "$seen = np.concatenate([$past, $b])\n$past = $seen[len($b) :]",
            "$seen = np.concatenate([$past, $b])\n$past = $b[-len($past) :]",
            past=STATE,
        ),
        Rewrite(
            "$y[: len($tail)] += $tail\n$tail = $y[$b:].copy()",
            "$y[: min(len($tail), $b)] += $tail[:$b]\n$tail = $y[$b:].copy()",
            tail=STATE,
        ),
        Rewrite(
            "$y[: len($tail)] += $tail\n$tail = $y[$b:]",
            "$y[: min(len($tail), $b)] += $tail[:$b]\n$tail = $y[$b:]",
            tail=STATE,
        ),
    )
    examples = (
        Example(
            "class Fir:\n    def run(self, x):\n        all_ = np.concatenate([self.past, x])\n"
            "        self.past = all_[len(x) :]\n        return np.convolve(all_, self.h, 'valid')\n",
            "class Fir:\n    def run(self, x):\n        all_ = np.concatenate([self.past, x])\n"
            "        self.past = x[-len(self.past) :]\n        return np.convolve(all_, self.h, 'valid')\n",
        ),
        Example(
            "class Ola:\n    def push(self, x):\n        n = len(x)\n        y = np.convolve(x, self.h)\n"
            "        y[: len(self.rest)] += self.rest\n        self.rest = y[n:]\n        return y[:n]\n",
            "class Ola:\n    def push(self, x):\n        n = len(x)\n        y = np.convolve(x, self.h)\n"
            "        y[: min(len(self.rest), n)] += self.rest[:n]\n        self.rest = y[n:]\n        return y[:n]\n",
        ),
        Example(
            "class Delay:\n    def step(self, block):\n        line = np.concatenate([self.line, block])\n"
            "        self.line = line[len(block) :]\n        return line[: len(block)]\n",
            "class Delay:\n    def step(self, block):\n        line = np.concatenate([self.line, block])\n"
            "        self.line = block[-len(self.line) :]\n        return line[: len(block)]\n",
        ),
    )
    untouched = (
        "past = x[-len(past) :]",
        "rows = np.concatenate([rows, new])\nrows = rows[len(new) :]\n",
        "y[: len(tail)] += tail\ntail = y[5:]\n",
    )
