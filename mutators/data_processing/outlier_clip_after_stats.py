"""The value for the gaps is computed before the outliers are dealt with."""

import libcst as cst

from bugforge import Code, Example, Fix, Mutator, Rewrite, Term, fact, role

BOUNDED = role.call("clip", "mask", "where", "winsorize") | role.that(
    lambda term: term.kind == "call" and ("outlier" in term.value or "clip" in term.value)
)


def _raw(code: Code, bounded: Term) -> str | None:
    """The column that was bounded, under another name: what the method was called on, or the first argument."""
    call = bounded.node
    if not isinstance(call, cst.Call):
        return None
    first = call.func.value if isinstance(call.func, cst.Attribute) else call.args[0].value if call.args else None
    line = code.program.parents[call]
    if first is None or not isinstance(line, cst.Assign):
        return None
    raw = code.program.text(first)
    return raw if raw != code.program.text(line.targets[0].target) else None


RAW = fact.Fact("bounded", _raw)


class OutlierClipAfterStats(Mutator):
    """The mean that fills the gaps is that of the raw column, in which the extreme values still stand.

    Outliers are bounded so that they do not decide anything. A mean that is taken from the values as they came has been
    decided by them already, and it goes into every gap: rows of which nothing is known get a value that may lie far
    from all known ones. What was known of the column looks right.
    """

    symptoms = {
        "The number that fills the gaps follows the outliers.": "gaps are filled otherwise",
    }
    hints = (
        "Where among the other values of its column does the value lie that fills the gaps?",
        "Add one absurdly large number to a column and see which cells of the result change because of it, apart from "
        "its own.",
        "Two things are done to a column: its extreme values are bounded, and its gaps are filled with something that "
        "is computed from the others. The second depends on the first. Write down from which version of the column "
        "that number is computed, and which version of it a single absurd value can still move.",
    )
    follow_ups = {
        "Would the median make the order irrelevant?": (
            "Nearly: clipping both tails leaves the median where it is. Masking outliers in one tail moves even the "
            "median a little."
        ),
        "Should gaps be filled before or after limits are computed?": (
            "After. Many equal fillers in the middle draw the quantiles together, so that the limits become too narrow."
        ),
    }
    sources = ("github.com/somepago/saint#14",)

    also_right = (
        Fix(
            "Bounding everything at once, and the mean of that, come to the same.",
            "return $c.fillna($x.mean())",
            "return $c.fillna(np.nanmean($c))",
        ),
    )
    treats_symptom = (
        Fix(
            "The median is hardly moved by outliers, but it is not the mean that was asked for.",
            "return $c.fillna($x.mean())",
            "return $c.fillna($x.median())",
        ),
        Fix(
            "A bound on the filler alone depends on the outliers as well.",
            "return $c.fillna($x.mean())",
            "return $c.fillna(min($x.mean(), $c.max()))",
        ),
    )
    rewrites = (
        *(
            Rewrite(
                f"$c = $bounded\n{end}$c.fillna($c.mean())",
                f"$c = $bounded\n{end}$c.fillna($x.mean())",
                bounded=BOUNDED,
                x=RAW,
            )
            for end in ("return ", "$t = ")
        ),
        *(
            Rewrite(
                f"{x} = {x}.{m}($*how)\n{x} = {x}.fillna({x}.mean())",
                f"{x} = {x}.fillna({x}.mean())\n{x} = {x}.{m}($*how)",
            )
            for x in ("$x", "$d[$k]")
            for m in ("clip", "mask", "where")
        ),
    )
    examples = (
        Example(
            "def tidy(x):\n    x = x.clip(0, 100)\n    x = x.fillna(x.mean())\n    return x\n",
            "def tidy(x):\n    x = x.fillna(x.mean())\n    x = x.clip(0, 100)\n    return x\n",
        ),
        Example(
            "def impute(ages):\n    sane = ages.mask(ages > 120)\n    return sane.fillna(sane.mean())\n",
            "def impute(ages):\n    sane = ages.mask(ages > 120)\n    return sane.fillna(ages.mean())\n",
        ),
        Example(
            "df['pay'] = df['pay'].clip(low, high)\ndf['pay'] = df['pay'].fillna(df['pay'].mean())\n",
            "df['pay'] = df['pay'].fillna(df['pay'].mean())\ndf['pay'] = df['pay'].clip(low, high)\n",
        ),
        Example(
            "capped = clip_outliers(df['x'])\ndf['x'] = capped.fillna(capped.mean())\n",
            "capped = clip_outliers(df['x'])\ndf['x'] = capped.fillna(df['x'].mean())\n",
        ),
    )
    untouched = (
        "x = x.fillna(x.median()).clip(0, 100)",
        "y = smooth(x)\nz = y.fillna(y.mean())\n",
        "capped = x.clip(0, 1)\nz = capped.fillna(0)\n",
    )
