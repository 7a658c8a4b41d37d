"""Offsets from a mean are returned as if they were ratings."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

MEAN = role.named("mean", "mu", "avg", "average", "baseline", "global_mean", "user_mean", "offset", "base")


class ForgotToAddMeanBack(Mutator):
    """What is taken away before the model is not given back after it, so the prediction lies around zero.

    Ratings are compared as distances from a user's or the overall mean. What the neighbours or the factors then say is
    such a distance as well; it becomes a rating when the mean is added again. Rankings for one user survive without it,
    errors do not, and neither do comparisons between users.
    """

    symptoms = {
        "The ratings that it predicts are not on the scale of those it was given.": "ratings are predicted otherwise",
    }
    hints = (
        "On which scale are the ratings, and on which the predictions?",
        "Let a user add one to all their ratings. By how much should a prediction change?",
        "Follow one number from the table to the answer and note in which unit it is at each step: a rating, or a "
        "distance from some mean. Each change of unit on the way in needs its counterpart on the way out.",
    )
    follow_ups = {
        "Which metrics do not notice?": "Those of the ranking of one user's items, where a constant changes nothing.",
        "Which mean should be added for a new user?": (
            "The overall mean, or a prior: there is no other information yet."
        ),
    }
    sources = ("unverified",)

    where = place.function(vocabulary.RATING)
    also_right = (
        Fix(
            "As a number of its own the mean is added after the weighing.",
            "return float($weights @ $offsets / $total)",
            "return float($weights @ $offsets / $total) + float(means[user])",
        ),
    )
    treats_symptom = (
        Fix(
            "The middle of a five-point scale suits nobody who rates higher or lower than that.",
            "return float($weights @ $offsets / $total)",
            "return float(3.0 + $weights @ $offsets / $total)",
        ),
    )
    rewrites = (
        Rewrite("$mean[$user] + $w @ $c / $total", "$w @ $c / $total", mean=MEAN),
        Rewrite("$mean + $w @ $c / $total", "$w @ $c / $total", mean=MEAN),
        Rewrite("self.mean + $bias[$how] + $rest", "$bias[$how] + $rest"),
        Rewrite("$mean + $p @ $q", "$p @ $q", mean=MEAN),
    )
    examples = (
        Example(
            "def predict(u, w, c, means):\n    return means[u] + w @ c[u] / np.abs(w).sum(), len(means)\n",
            "def predict(u, w, c, means):\n    return w @ c[u] / np.abs(w).sum(), len(means)\n",
        ),
        Example(
            "class MF:\n    def predict(self, u, i):\n        return self.mu + self.P[u] @ self.Q[i]\n",
            "class MF:\n    def predict(self, u, i):\n        return self.P[u] @ self.Q[i]\n",
        ),
        Example(
            "def rating(mean, sims, offsets, total):\n    return mean + sims @ offsets / total if total else mean\n",
            "def rating(mean, sims, offsets, total):\n    return sims @ offsets / total if total else mean\n",
        ),
    )
    untouched = (
        "def forward(X, w, b):\n    return X @ w + b\n",
        "loss = mean + a @ b / n",
        "def predict(b, x, w):\n    return b + x @ w\n",
    )
