"""The way back leaves out one of the steps of the way there."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

MEAN = role.named("mean", "mu", "center", "centre", "average", "loc")
SCALE = role.named("scale", "std", "sd", "sigma", "spread", "unit", "length") | role.that(
    lambda term: term.kind == "call" and any(word in term.value for word in ("std", "scale", "spread"))
)


class InverseSkipsAStep(Mutator):
    """What was taken away or divided by before is not put back, so the inverse is none.

    A transformation that centres, turns and scales is undone by its steps in reverse, each of them inverted. Without
    one of them the result has the right shape and lies in the wrong place or in the wrong units. Where the step did
    nothing, on centred rows or with a scale of one, all is well.
    """

    symptoms = {
        "Rows do not come back from there and back again as they were.": "the reconstruction is off",
    }
    hints = (
        "Send a few rows there and back. By what do they differ from what they were, a shift or a factor?",
        "Which coordinates does the mean of the rows have, and to which row are these coordinates taken back?",
        "List the steps of the way there, in order, and put next to each the one on the way back that undoes it. Every "
        "step needs a partner, and each fitted number that one of the two ways reads has to be read by the other.",
    )
    follow_ups = {
        "Why might a test with standardised data pass?": (
            "Its mean is 0 and its scale 1, and to add the one or multiply by the other changes nothing."
        ),
        "Does the order of the steps back matter?": (
            "Yes: what was done last is undone first. A shift and a factor in the other order give another result."
        ),
    }
    sources = ("github.com/valentingol/torch_pca#18", "github.com/scikit-learn/scikit-learn#3107")

    where = place.function(vocabulary.INVERTING)
    also_right = (
        Fix(
            "The components may carry the scale instead of the coordinates.",
            "np.asarray(Z, dtype=float) @ self.components + self.mean",
            "np.asarray(Z, dtype=float) @ (self.scale[:, None] * self.components) + self.mean",
        ),
        Fix(
            "A mean that is added as a row of its own is added to every row.",
            "return $Z @ self.components",
            "return $Z @ self.components + self.mean[None, :]",
        ),
    )
    treats_symptom = (
        Fix(
            "A second division goes further the same way.",
            "np.asarray(Z, dtype=float) @ self.components + self.mean",
            "np.asarray(Z, dtype=float) / self.scale @ self.components + self.mean",
        ),
        Fix(
            "The mean of the rows that come back is not that of the fitted ones, which has to be added.",
            "return $Z @ self.components",
            "return $Z @ self.components + ($Z @ self.components).mean(axis=0)",
        ),
    )
    rewrites = (
        Rewrite("$Z * $scale @ $V + $mean", "$Z @ $V + $mean", scale=SCALE, mean=MEAN),
        Rewrite("$Z @ $V + $mean", "$Z @ $V", mean=MEAN),
        Rewrite(
            "$coordinates = $Z * $scale\nreturn $back", "$coordinates = $Z\nreturn $back", scale=SCALE, Z=role.CALL
        ),
        Rewrite("$Z * $scale + $mean", "$Z * $scale", scale=SCALE, mean=MEAN),
    )
    examples = (
        Example(
            "class PCA:\n    def inverse_transform(self, Z):\n        return Z @ self.components_ + self.mean_\n",
            "class PCA:\n    def inverse_transform(self, Z):\n        return Z @ self.components_\n",
        ),
        Example(
            "def reconstruct(Z, scale, V, mu):\n    return (Z * scale) @ V.T + mu, len(scale), len(mu)\n",
            "def reconstruct(Z, scale, V, mu):\n    return Z @ V.T + mu, len(scale), len(mu)\n",
        ),
        Example(
            "class S:\n    def denormalize(self, z):\n        return z * self.std + self.mean\n",
            "class S:\n    def denormalize(self, z):\n        return z * self.std\n",
        ),
    )
    untouched = (
        "class PCA:\n    def transform(self, Z):\n        return Z @ self.W + self.mean\n",
        "def decode(h, W, b):\n    return h @ W + b\n",
        "def inverse(z, factor, shift):\n    return z * factor + shift\n",
    )
