"""A level in decibels treats an amplitude as a power, or a power as an amplitude."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

AMPLITUDE = role.has(role.call("abs") | role.called(vocabulary.AMPLITUDE))
POWER = role.has(role.called(vocabulary.POWER))
DB = role.that(lambda term: term.kind == "name" and vocabulary.DECIBELS.fullmatch(term.value) is not None)


class DecibelPowerAmplitude(Mutator):
    """The factor before the logarithm belongs to the other kind of quantity, so every level is off by two.

    A decibel is a tenth of a bel, and a bel is a factor of ten in power. Power goes with the square of an amplitude, so
    ten times the amplitude is a hundred times the power, or 20 decibels. Mixed up, all levels are half or twice as far
    from the reference as they are, and 0 dB stays 0 dB.
    """

    symptoms = {
        "Levels in decibels are half or twice what another instrument shows.": "levels are wrong",
    }
    hints = (
        "Which level should ten times the reference have, and which level does it get?",
        "Halve the amplitude of a signal and compute its level once from the amplitude and once from its power.",
        "The same sound may be given by its amplitude or by its power, and its level must not depend on which. For "
        "each of the functions write down what kind of quantity goes in, and what a factor of a hundred in that "
        "quantity should add to the level.",
    )
    follow_ups = {
        "What is 3 dB, and what is 6 dB?": (
            "About twice the power, and about twice the amplitude, which is four times the power."
        ),
        "Why is there a floor?": (
            "Silence has the logarithm of 0, which is minus infinity and spoils every mean and every colour scale."
        ),
    }
    sources = ("github.com/sonic-visualiser/sonic-visualiser#18", "github.com/PauloCarvalhoRJ/gammaray#118")

    also_right = (
        Fix(
            "The square under the logarithm is the factor of two before it.",
            "10 * np.log10(np.maximum($x, 1e-6))",
            "10 * np.log10(np.maximum($x, 1e-6) ** 2)",
        ),
        Fix(
            "The root under the logarithm halves what stands before it.",
            "20 * np.log10($x)",
            "20 * np.log10(np.sqrt($x))",
        ),
        Fix(
            "Squaring the ratio is squaring both of its sides.",
            "power_to_db(np.asarray(amplitude, dtype=float), reference)",
            "power_to_db((np.asarray(amplitude, dtype=float) / reference) ** 2)",
        ),
    )
    treats_symptom = (
        Fix(
            "A natural logarithm counts in nepers, and with a factor of 20 these are no decibels either.",
            "10 * np.log10(np.maximum($x, 1e-6))",
            "20 * np.log(np.maximum($x, 1e-6))",
        ),
        Fix(
            "Taking six decibels off is right at one single level.",
            "20 * np.log10($x)",
            "20 * np.log10($x) - 6",
        ),
        Fix(
            "Doubling the levels at the end doubles the floor as well.",
            "return power_to_db(np.asarray(amplitude, dtype=float), reference)",
            "return 2 * power_to_db(np.asarray(amplitude, dtype=float), reference)",
        ),
    )
    rewrites = (
        Rewrite("20 * np.log10($x)", "10 * np.log10($x)", x=AMPLITUDE),
        Rewrite("10 * np.log10($x)", "20 * np.log10($x)", x=POWER),
        Rewrite("10 * np.log10($x)", "20 * np.log10($x)", function=vocabulary.POWER),
        Rewrite("$db($a**2, $reference**2)", "$db($a, $reference)", db=DB),
    )
    examples = (
        Example("level = 20 * np.log10(np.abs(X) / n)", "level = 10 * np.log10(np.abs(X) / n)"),
        Example("psd_db = 10 * np.log10(psd + 1e-12)", "psd_db = 20 * np.log10(psd + 1e-12)"),
        Example(
            "def amplitude_level(a, ref):\n    return to_db(a**2, ref**2)\n",
            "def amplitude_level(a, ref):\n    return to_db(a, ref)\n",
        ),
    )
    untouched = (
        "bits = 10 * np.log10(n)",
        "db = 10 * np.log10(np.mean(x**2))",
        "level = np.log10(amplitude)",
    )
