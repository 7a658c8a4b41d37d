"""A score that equals the threshold is decided the other way."""

import re

from bugforge import Example, Fix, Mutator, Rewrite, role

SCORES = role.named(
    "score", "proba", "prob", "p", "y_score", "y_prob", "probability", "confidence", "similarity", "sim"
) | role.call(re.compile(r"predict_proba|decision_function|_?sigmoid|expit"))
THRESHOLD = role.named("threshold", "cutoff", "cut", "thresh", "tau")


class ThresholdBorderExcluded(Mutator):
    """The comparison with the threshold is strict, while a score on the threshold is meant to be positive.

    With scores of many digits nobody meets the border. Rounded scores, votes and counts meet it all the time, and a
    threshold that was picked among the scores themselves always does: the very sample that it was taken from changes
    sides. In a curve every threshold is such a score, so each point holds the counts of the one before.
    """

    symptoms = {
        "A sample that scores exactly as much as the threshold is not called positive.": (
            "labels do not follow the scores"
        ),
        "Thresholds and points of a curve do not fit together.": "a metric by hand is missed",
    }
    hints = (
        "Work with scores in steps of a tenth and a threshold that is one of them.",
        "Which samples change sides when the threshold moves from just below a score to exactly that score, and "
        "which when it moves on to just above it?",
        "There is a border case in every decision by a limit, and the description of this function says on which side "
        "it lies. Build a sample of three scores: one below, one at and one above the limit. Say for each what is to "
        "come out, and look at the one in the middle.",
    )
    follow_ups = {
        "Why is the border no detail when a curve is computed?": (
            "The thresholds of a curve are the scores. On each of them sits at least one sample, and in a block of "
            "ties many."
        ),
        "How do floating-point numbers blur the border?": (
            "A score of 0.1 + 0.2 is above 0.3. Who compares with computed limits should round, or choose limits "
            "between the scores."
        ),
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "What is not below the threshold is at it or above.",
            "$s > threshold",
            "~($s < threshold)",
        ),
        Fix(
            "What is not below the thresholds is at them or above.",
            "$s > self.thresholds[:, None]",
            "~($s < self.thresholds[:, None])",
        ),
    )
    treats_symptom = (
        Fix(
            "A little less than the threshold takes in the border, and scores just below it as well.",
            "$s > threshold",
            "$s > threshold - 0.1",
        ),
        Fix(
            "A little less than the thresholds takes in their own scores, and the next ones below.",
            "$s > self.thresholds[:, None]",
            "$s > self.thresholds[:, None] - 0.1",
        ),
    )
    rewrites = (Rewrite("$s >= $t", "$s > $t", s=SCORES, t=THRESHOLD),)
    examples = (
        Example("y_pred = (y_prob >= threshold).astype(int)", "y_pred = (y_prob > threshold).astype(int)"),
        Example("alarms = scores >= thresholds[:, None]", "alarms = scores > thresholds[:, None]"),
        Example(
            "def predict(self, X):\n    return self.predict_proba(X) >= self.cutoff\n",
            "def predict(self, X):\n    return self.predict_proba(X) > self.cutoff\n",
        ),
    )
    untouched = (
        "left = X[:, j] >= threshold",
        "done = scores >= best",
        "found = score > threshold",
        "while gap >= tau:\n    gap /= 2\n",
    )
