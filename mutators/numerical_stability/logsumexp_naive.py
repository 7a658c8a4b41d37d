"""The log-sum-exp takes exp of the raw values."""

from bugforge import Example, Fix, Mutator, Rewrite, role

SUM = "np.log(np.sum(np.exp({}), $*by))"
NAIVE = SUM.format("$z")
SQUEEZED = ("$m", "$m[:, 0]", "$m.squeeze()", "np.squeeze($m, axis=$b)")


class LogsumexpNaive(Mutator):
    """The logarithm of the sum of exponentials is taken literally, without factoring out the largest term.

    log(sum(exp(a))) is meant for values whose exponentials do not fit: log-likelihoods of -1000 are everyday, and their
    exponentials are all 0, so the sum is 0 and its log is -inf. Above 709 the same happens upwards, to inf. Pulling the
    largest value out, m + log(sum(exp(a - m))), is the same number on paper and keeps one term of the sum at 1, so that
    neither can occur. Without it, what subtracts this number, such as a log-probability, is inf or NaN.
    """

    symptoms = {
        "With small logits it is right. With logits of a thousand the result is infinite.": (
            "NaN & fails at large logits"
        ),
    }
    hints = (
        "How large are the numbers that go in, and how large are their exponentials?",
        "Add a constant to all inputs. The result should rise by that constant; does it at -1000?",
        "Factor the largest exponential out of the sum before taking the log. What is the logarithm of that factor?",
    )
    follow_ups = {
        "Why is factoring out the maximum better than factoring out the mean?": (
            "With the maximum every exponent is at most 0, so nothing overflows, and one of them is 0, so the sum is "
            "at least 1. With the mean a value far above it still overflows."
        ),
        "What should happen when all inputs are -inf?": (
            "The sum is 0 and the result -inf. The shift then computes -inf - (-inf), which is NaN, so libraries "
            "replace a maximum that is not finite by 0."
        ),
    }
    sources = (
        "github.com/rust-ml/linfa#443",
        "github.com/microsoft/knossos-ksc#523",
        "github.com/tskit-dev/tsdate#171",
    )

    also_right = (
        Fix(
            "numpy adds pairs of exponentials in log space, so no sum is ever formed that could overflow.",
            "return np.log(np.sum(np.exp($z), axis=1, keepdims=True))",
            "return np.logaddexp.reduce($z, axis=1, keepdims=True)",
        ),
        Fix(
            "With the row's maximum taken out no exponential exceeds 1; the column may be restored at the end.",
            "return np.log(np.sum(np.exp($z), axis=1, keepdims=True))",
            "top = np.max($z, axis=1)\nreturn (top + np.log(np.sum(np.exp($z - top[:, None]), axis=1)))[:, None]",
        ),
    )
    treats_symptom = (
        Fix(
            "Clipped values give a finite result, but rows beyond the bound all get nearly the same one.",
            "return np.log(np.sum(np.exp($z), axis=1, keepdims=True))",
            "return np.log(np.sum(np.exp(np.clip($z, -500, 500)), axis=1, keepdims=True))",
        ),
        Fix(
            "A constant in the logarithm avoids -inf, and puts the same number in the place of every small sum.",
            "return np.log(np.sum(np.exp($z), axis=1, keepdims=True))",
            "return np.log(np.sum(np.exp($z), axis=1, keepdims=True) + 1e-12)",
        ),
    )
    rewrites = (
        *(
            Rewrite(f"$m = np.max($z, $*how)\nreturn {m} + {SUM.format('$z - $m')}", f"return {NAIVE}")
            for m in SQUEEZED
        ),
        *(
            Rewrite(f"$m = np.max($z, $*how)\nreturn $m + {SUM.format(f'$z - $m[:, {new}]')}", f"return {NAIVE}")
            for new in ("None", "np.newaxis")
        ),
        *(
            Rewrite(
                f"$m = np.max($z, $*how)\n$lse = {m} + {SUM.format('$z - $m')}\nreturn $result",
                f"$lse = {NAIVE}\nreturn $result",
            )
            for m in SQUEEZED
        ),
        Rewrite(f"np.max($z, $*how) + {SUM.format('$z - np.max($z, $*how)')}", NAIVE),
        Rewrite("np.logaddexp.reduce($z, axis=$a, $*how)", "np.log(np.sum(np.exp($z), axis=$a, $*how))"),
        Rewrite(
            "np.logaddexp($a, $b)",
            "np.log(np.exp($a) + np.exp($b))",
            a=~role.number(0),
            b=~role.number(0),
        ),
    )
    examples = (
        Example(
            "def lse(a):\n    m = a.max()\n    return m + np.log(np.exp(a - m).sum())\n",
            "def lse(a):\n    return np.log(np.sum(np.exp(a)))\n",
        ),
        Example(
            "def logsumexp(x):\n    top = np.max(x, axis=1, keepdims=True)\n"
            "    return np.log(np.sum(np.exp(x - top), axis=1, keepdims=True)) + top\n",
            "def logsumexp(x):\n    return np.log(np.sum(np.exp(x), axis=1, keepdims=True))\n",
        ),
        Example(
            "def logsumexp(x):\n    m = x.max(axis=1)\n    return m + np.log(np.exp(x - m[:, None]).sum(axis=1))\n",
            "def logsumexp(x):\n    return np.log(np.sum(np.exp(x), axis=1))\n",
        ),
        Example("alpha = np.logaddexp(stay, move)", "alpha = np.log(np.exp(stay) + np.exp(move))"),
        Example(
            "log_evidence = np.logaddexp.reduce(log_joint, axis=1)",
            "log_evidence = np.log(np.sum(np.exp(log_joint), axis=1))",
        ),
    )
    untouched = (
        "loss = np.logaddexp(0, -margin)",
        "p = np.exp(z - m) / np.exp(z - m).sum()",
        "entropy = np.log(np.sum(weights))",
        "top = z.max(axis=1)\nreturn_value = np.log(z - top[:, None])\n",
    )
