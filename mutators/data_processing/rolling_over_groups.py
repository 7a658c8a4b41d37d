"""A window runs on from one group into the next."""

from bugforge import Example, Fix, Mutator, Rewrite, role

ENDS = ("mean", "sum", "std", "max", "min", "median")


class RollingOverGroups(Mutator):
    """Only the shift is done by group; its result is an ordinary column, and the window slides over its borders.

    What groupby returns remembers the groups for one operation. The shifted column has the rows of the whole table, no
    longer any groups, and a window over it takes the rows above whatever they belong to. The first rows of each group
    are averaged with the last ones of the group before, just where there is little to average.
    """

    symptoms = {
        "A user computed alone has other averages than the same user in the full table.": (
            "changes with rows of another group"
        ),
        "A user's first averages are not what I get from the user's own amounts.": ("cells by hand are missed"),
    }
    hints = (
        "At the second row of a group, how many numbers can be averaged? Which ones?",
        "Take two groups whose numbers differ by a factor of a thousand. Around which rows do the small numbers turn "
        "large?",
        "The expression has several steps, one after another, and each of them takes what the step before gives it. "
        "Go through them and say what type the intermediate result has: is it still something that knows of groups, "
        "or only a long column? The operation that needs to know about them may come after the last place where they "
        "are known.",
    )
    follow_ups = {
        "How can it be written without a lambda?": (
            "Group the shifted column once more, by the same key: `shifted.groupby(df['user']).rolling(3).mean()`, and "
            "drop the level that this adds to the index."
        ),
        "Why do tests on one user not find it?": (
            "With one group there is no border. The test needs two groups, of unlike size and level, and the first "
            "rows."
        ),
    }
    sources = ("github.com/airqo-platform/AirQo-api#6522",)

    also_right = (
        Fix(
            "Each step may be a transform of its own, as long as it is grouped.",
            "$g.shift(1).rolling($w, min_periods=1).mean()",
            "$g.transform(lambda past: past.rolling($w, min_periods=1).mean().shift(1))",
        ),
        Fix(
            "The running mean first and the shift after it give the same numbers.",
            "$g.shift(1).expanding().mean()",
            "$g.transform(lambda past: past.expanding().mean().shift(1))",
        ),
    )
    treats_symptom = (
        Fix(
            "Requiring two values only leaves out some of the first rows; the others still mix users.",
            "$g.shift(1).rolling($w, min_periods=1).mean()",
            "$g.shift(1).rolling($w, min_periods=2).mean()",
            unless_within=("$x.transform($f)",),
        ),
        Fix(
            "A gap at each user's first event leaves the second one averaged with a stranger's amounts.",
            "$g.shift(1).expanding().mean()",
            "$g.shift(1).expanding().mean().where($g.cumcount() > 0)",
            unless_within=("$x.transform($f)",),
        ),
    )
    rewrites = tuple(
        Rewrite(
            f"$g.transform(lambda $v: $v.shift($*k).{window}($*r).{end}())",
            f"$g.shift($*k).{window}($*r).{end}()",
            g=role.GROUPED | role.NAME,
        )
        for window in ("rolling", "expanding", "ewm")
        for end in ENDS
    )
    examples = (
        Example(
            "df['roll'] = df.groupby('site')['pm25'].transform(lambda s: s.shift(1).rolling(6, min_periods=1).mean())",
            "df['roll'] = df.groupby('site')['pm25'].shift(1).rolling(6, min_periods=1).mean()",
        ),
        Example(
            "grouped = df.groupby('site')['x']\ndf['sd'] = grouped.transform(lambda s: s.shift(1).rolling(6).std())\n",
            "grouped = df.groupby('site')['x']\ndf['sd'] = grouped.shift(1).rolling(6).std()\n",
        ),
        Example(
            "df['best'] = df.groupby('id')['x'].transform(lambda x: x.shift().expanding().max())",
            "df['best'] = df.groupby('id')['x'].shift().expanding().max()",
        ),
    )
    untouched = (
        "df['roll'] = df['x'].shift(1).rolling(6).mean()",
        "df['roll'] = df.groupby('id')['x'].transform(lambda s: s.fillna(s.mean()))",
        "df['m'] = df['x'].transform(lambda s: s.shift(1).rolling(3).mean())",
    )
