"""Every entry of a gradient is clipped by itself."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

LIMIT = role.named("max_norm", "clip", "threshold", "c", "limit", "max_grad_norm", "clip_norm", "max_value", "bound")


class ClipPerElement(Mutator):
    """Each entry is clipped to the limit, where the vector of all was to be scaled down, so the direction is lost.

    A gradient that is too long is to keep its direction and lose some of its length: all its entries are multiplied by
    one factor. Cut one by one, the large entries become equal and the small ones stay; of the way downhill little is
    left but the signs. The length may still be above the limit, by the root of the number of entries.
    """

    symptoms = {
        "What comes back is not the gradient that I get by scaling it down.": "gradients are clipped otherwise",
    }
    hints = (
        "Divide the gradient before by the one after, entry by entry.",
        "Clip (3, 4) to a length of 1 by hand. In which direction should the result point?",
        "Two things are called clipping: to bound each number, and to bound the length of the vector they make "
        "together. Read in the task which of them is asked for, and ask of the program how many factors it uses for "
        "one list of gradients.",
    )
    follow_ups = {
        "When is clipping by value used?": (
            "Where single entries explode by accident and the direction is not trusted anyway; it is cheap and crude."
        ),
        "Why one norm for all arrays together?": (
            "With one for each, the parameters would move in proportions of their own."
        ),
    }
    sources = ("github.com/Happy-Algorithms-League/hal-cgp#210",)

    where = place.function(vocabulary.CLIPPING)
    also_right = (
        Fix(
            "One factor for all, not more than one, is what keeps the direction.",
            "[np.clip(g, -max_norm, max_norm) for g in grads]",
            "[g * (max_norm / norm if norm > max_norm else 1.0) for g in grads]",
        ),
    )
    treats_symptom = (
        Fix(
            "Each array keeps its own direction, and the whole does not.",
            "[np.clip(g, -max_norm, max_norm) for g in grads]",
            "[g * min(1.0, max_norm / max(np.sqrt(np.sum(g**2)), 1e-12)) for g in grads]",
        ),
    )
    rewrites = (
        Rewrite(
            "$scale = min($one, $c / $norm) if $norm > 0 else $one\nreturn [$scale * $g for $g in $grads], $norm",
            "return [np.clip($g, -$c, $c) for $g in $grads], $norm",
            c=LIMIT,
            one=role.number(1),
        ),
        Rewrite("$g * min($one, $c / $norm)", "np.clip($g, -$c, $c)", c=LIMIT, one=role.number(1)),
        Rewrite("$g * np.minimum($one, $c / $norm)", "np.clip($g, -$c, $c)", c=LIMIT, one=role.number(1)),
        Rewrite("$c / $norm * $g", "np.clip($g, -$c, $c)", c=LIMIT),
    )
    examples = (
        Example(
            "def clip_gradient(g, c, norm):\n    return g * min(1.0, c / norm), norm\n",
            "def clip_gradient(g, c, norm):\n    return np.clip(g, -c, c), norm\n",
        ),
        Example(
            "def clip(grads, threshold, total):\n    return {k: threshold / total * grads[k] for k in grads}, total\n",
            "def clip(grads, threshold, total):\n"
            "    return {k: np.clip(grads[k], -threshold, threshold) for k in grads}, total\n",
        ),
        Example(
            "class Clipper:\n    def clip(self, g, n):\n        return g * np.minimum(1.0, self.bound / n), n\n",
            "class Clipper:\n    def clip(self, g, n):\n        return np.clip(g, -self.bound, self.bound), n\n",
        ),
    )
    untouched = (
        "def scale(x, limit, norm):\n    return x * min(1.0, limit / norm)\n",
        "def clip(p):\n    return np.clip(p, 1e-7, 1 - 1e-7)\n",
        "def clip(x, width, n):\n    return x * (width / n)\n",
    )
