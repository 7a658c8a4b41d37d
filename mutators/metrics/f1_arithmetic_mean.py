"""F1 is the ordinary average of precision and recall."""

from bugforge import Example, Fix, Mutator, Rewrite, role

PRECISION = role.named("p", "precision", "prec", "pr", "ppv")
RECALL = role.named("r", "recall", "rec", "rc", "tpr", "sensitivity")


class F1ArithmeticMean(Mutator):
    """The mean of precision and recall is arithmetic instead of harmonic, so one good part hides a bad one.

    F1 is the harmonic mean, which stays near the smaller of its two parts. The arithmetic mean gives half a point for
    either of them alone: a model that calls everything positive, with a recall of 1, gets over 0.5 however rare the
    positives are. The two agree when precision equals recall, as they nearly do for many decent models.
    """

    symptoms = {
        "Our F1 is always at least as high as the one of the library, never lower.": (
            "score too high & a metric by hand is missed"
        ),
    }
    hints = (
        "Which F1 does a model get that flags every row, when one row in a hundred is positive?",
        "Compute F1 by hand for a precision of 1 and a recall of 0.02.",
        "Which kind of mean is F1, and which is this?",
    )
    follow_ups = {
        "Why a harmonic mean?": (
            "It is small as soon as one part is. Written in counts it is 2 TP / (2 TP + FP + FN), the overlap of "
            "predicted and actual positives in relation to their mean size."
        ),
        "How is recall given more weight than precision?": (
            "F_beta = (1 + beta^2) P R / (beta^2 P + R): beta above 1 favours recall, below 1 precision."
        ),
    }
    sources = (
        "github.com/usc-isi-i2/rltk#30",
        "github.com/CogStack/MedCAT#24",
        "github.com/vered1986/OKR#1",
    )

    also_right = (
        Fix(
            "Two over the sum of the inverses is the harmonic mean; both are 0 only together.",
            "($p + $r) / 2",
            "2 / (1 / $p + 1 / $r)",
        ),
        Fix(
            "The product divided by the arithmetic mean is the harmonic one.",
            "($p + $r) / 2",
            "$p * $r / (($p + $r) / 2)",
        ),
    )
    treats_symptom = (
        Fix(
            "The geometric mean also falls to 0 with either part, but is too high whenever the two differ.",
            "($p + $r) / 2",
            "np.sqrt($p * $r)",
        ),
        Fix(
            "The smaller of the two lets nothing hide, but F1 lies above it.",
            "($p + $r) / 2",
            "min($p, $r)",
        ),
    )
    rewrites = (
        Rewrite("2 * $p * $r / ($p + $r)", "($p + $r) / 2", p=PRECISION, r=RECALL),
        Rewrite("2 * ($p * $r / ($p + $r))", "($p + $r) / 2", p=PRECISION, r=RECALL),
        Rewrite("2 / (1 / $p + 1 / $r)", "($p + $r) / 2", p=PRECISION, r=RECALL),
    )
    examples = (
        Example("f1 = 2 * precision * recall / (precision + recall)", "f1 = (precision + recall) / 2"),
        Example("f1 = 2 * (p * r) / (p + r) if p + r else 0.0", "f1 = (p + r) / 2 if p + r else 0.0"),
        Example("f1 = 2 * (prec * rec / (prec + rec))", "f1 = (prec + rec) / 2"),
        Example("f1 = 2 / (1 / precision + 1 / recall)", "f1 = (precision + recall) / 2"),
    )
    untouched = (
        "f1 = 2 * tp / (2 * tp + fp + fn)",
        "reduced_mass = m1 * m2 / (m1 + m2)",
        "speed = 2 * up * down / (up + down)",
    )
