"""The inverse undoes the steps in the order in which they were done."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

CENTER = role.named("mean", "mu", "center", "centre", "median", "loc", "shift", "min")
SCALE = role.named("scale", "std", "sd", "sigma", "spread", "iqr", "span", "range")


class InverseInWrongOrder(Mutator):
    """The shift is put back before the factor, so the shift is multiplied as well.

    Scaling takes something away, a mean or a smallest value, and divides by a spread. The last step has to be undone
    first: multiply, then add. In the other order the shift is stretched by the spread together with the values. Only a
    shift of 0 or a spread of 1 hides it, and differences between rows come back right in any case.
    """

    symptoms = {
        "Rows that are scaled and scaled back are shifted by far.": "the reconstruction is off",
    }
    hints = (
        "Scale a row and scale it back. Is what comes out wrong by a factor or by a shift?",
        "Take the scaled value 0. Which value of the column does it stand for, and what does the way back make of it?",
        "Write both ways as a list of steps, such as minus and divide. Read the second list backwards and compare it "
        "with the first, step by step, with the center and the spread of one column put in.",
    )
    follow_ups = {
        "Why do differences between rows come back right?": (
            "A shift cancels in a difference, even a wrong one; the factor is the right one here."
        ),
        "What corresponds to this in a pipeline of several transformers?": (
            "Its inverse calls the inverses of the parts from the last to the first."
        ),
    }
    sources = ("github.com/BVLC/caffe#5040",)

    where = place.function(vocabulary.INVERTING)
    also_right = (
        Fix(
            "The center in units of the spread may be added before the multiplication.",
            "($Z + $center) * $scale",
            "($Z + $center / $scale) * $scale",
        ),
    )
    treats_symptom = (
        Fix(
            "Taken away instead of added, the center is still multiplied.",
            "($Z + $center) * $scale",
            "($Z - $center) * $scale",
        ),
        Fix(
            "Division in place of multiplication is the way there once more.",
            "($Z + $center) * $scale",
            "($Z + $center) / $scale",
        ),
    )
    rewrites = (
        Rewrite("$Z * $scale + $center", "($Z + $center) * $scale", scale=SCALE, center=CENTER),
        Rewrite(
            "$center + $Z / ($high - $low) * $scale",
            "($center + $Z / ($high - $low)) * $scale",
            scale=SCALE,
            center=CENTER,
        ),
    )
    examples = (
        Example(
            "class S:\n    def inverse_transform(self, Z):\n        return Z * self.std_ + self.mean_\n",
            "class S:\n    def inverse_transform(self, Z):\n        return (Z + self.mean_) * self.std_\n",
        ),
        Example(
            "def denormalize(y, mu, sigma):\n    return y * sigma + mu\n",
            "def denormalize(y, mu, sigma):\n    return (y + mu) * sigma\n",
        ),
        Example(
            "def unscale(z, median, iqr):\n    return median + iqr * z\n",
            "def unscale(z, median, iqr):\n    return (z + median) * iqr\n",
        ),
    )
    untouched = (
        "def transform(Z, scale, mean):\n    return Z * scale + mean\n",
        "def decode(h, w, b):\n    return h * w + b\n",
        "def inverse(z, scale, mean):\n    return z @ scale + mean\n",
    )
