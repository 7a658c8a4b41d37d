"""Rows of the log are counted where users should be."""

from bugforge import Example, Fix, Mutator, Rewrite, role

USER = role.named("user", "uid", "user_id", "customer", "visitor", "member", "account", "patient", "client")
USERS = role.named("user", "everyone", "uid", "user_id", "customer", "visitor", "member", "account", "ids")
SIZES = role.named("size", "n", "count", "total", "visitors", "n_users", "users", "sizes", "seen")
BUYERS = role.named("conversion", "converted", "buyer", "success", "conv", "payers")


class EventsCountedAsUsers(Mutator):
    """Each event counts, and a user who comes back counts again.

    Users were dealt out to the arms, so users are what the test compares. The events of one user hang together: who
    buys twice was likely to do so. Counted as rows, ten visits look like ten independent people, errors come out too
    small, and an arm looks larger or better because its users are more active. No formula further on can repair
    numbers that count something else.
    """

    symptoms = {
        "I counted people by hand, and a number in the report is larger.": "rows are counted for users",
    }
    hints = (
        "Log the same user twice. Which numbers of the report should change?",
        "Sort the log by user and read the first twenty rows. What was randomised, and what is counted?",
        "A report about people needs one entry for each of them before anything is counted. See where several rows of "
        "one person become one, and check for every count behind that point whether it runs over the rows or over the "
        "people.",
    )
    follow_ups = {
        "How would you test clicks per page view, when users are randomised?": (
            "As a ratio of two sums over users: the delta method, or a bootstrap that draws users with all their "
            "events."
        ),
        "Which way does the p-value go when events are counted?": (
            "Mostly down: the number of independent units is overstated, and the variance of a rate per event leaves "
            "out that events of one user resemble each other."
        ),
    }
    sources = ("github.com/PostHog/posthog#3953", "github.com/databuddy-analytics/Databuddy#179")

    rewrites = (
        Rewrite(
            "$_u, $first, $rows = np.unique($ids, return_index=True, return_inverse=True)\n$arm = $arms[$first]\n...\n"
            "$sizes = np.bincount($arm, $*how)",
            "$_u, $first, $rows = np.unique($ids, return_index=True, return_inverse=True)\n$arm = $arms[$first]\n...\n"
            "$sizes = np.bincount($arms, $*how)",
            ids=USERS,
            sizes=SIZES,
        ),
        Rewrite(
            "$arm = $arms[$first]\n...\n$spent = np.bincount($rows, weights=$paid)\n...\n"
            "$buyers = np.bincount($arm[$spent > 0], $*how)",
            "$arm = $arms[$first]\n...\n$spent = np.bincount($rows, weights=$paid)\n...\n"
            "$buyers = np.bincount($arms[$paid > 0], $*how)",
            buyers=BUYERS,
        ),
        Rewrite(
            "if $user not in $seen:\n    $seen[$user] = $start\n    $sizes[$arm] += 1",
            "if $user not in $seen:\n    $seen[$user] = $start\n$sizes[$arm] += 1",
            user=USER,
            sizes=SIZES,
        ),
        Rewrite(
            "if $amount > 0 and $seen[$user] == 0:\n    $buyers[$arm] += 1",
            "if $amount > 0:\n    $buyers[$arm] += 1",
            user=USER,
            buyers=BUYERS,
        ),
        Rewrite("len(set($users))", "len($users)", users=USERS),
        Rewrite("len(np.unique($users))", "len($users)", users=USERS),
        Rewrite("$frame['user_id'].nunique()", "$frame['user_id'].count()"),
    )
    also_right = (
        Fix(
            "Whether an arm has users is a question to the list that has each of them once.",
            "$sizes = np.bincount($arms, $*how)",
            "$sizes = np.bincount($arms[first], $*how)",
            arms=role.NAME,
        ),
        Fix(
            "A user's total tells a buyer from the others; it has to be asked once for each user.",
            "$buyers = np.bincount($arms[$paid > 0], $*how)",
            "$buyers = np.bincount($arms[first], weights=spent > 0, $*how).astype(int)",
        ),
        Fix(
            "The number of keys is the number of users that are known so far.",
            "$sizes[$arm] += 1",
            "$sizes[$arm] = len(mine)",
            sizes=role.named("sizes"),
        ),
        Fix(
            "Nothing spent so far is what makes a payment the first one of a user.",
            "if $amount > 0:\n    $buyers[$arm] += 1",
            "if $amount > 0 and not mine[user]:\n    $buyers[$arm] += 1",
        ),
    )
    treats_symptom = (
        Fix(
            "Rows that paid are fewer than rows, and still no users.",
            "sizes = np.bincount(arms, $*how)",
            "sizes = np.bincount(arms[amounts > 0], $*how)",
        ),
        Fix(
            "Never more conversions than users, but those who paid twice count twice until the cap is reached.",
            "$buyers = np.bincount(arms[amounts > 0], $*how)",
            "$buyers = np.minimum(np.bincount(arms[amounts > 0], $*how), sizes)",
        ),
        Fix(
            "Only rows with a payment are counted now; they are events as well.",
            "if user not in $seen:\n    $seen[user] = $start\n$sizes[$arm] += 1",
            "if user not in $seen:\n    $seen[user] = $start\n$sizes[$arm] += amount > 0",
        ),
        Fix(
            "The cap keeps rates below 1 and lets payments count in place of people.",
            "if $amount > 0:\n    $buyers[$arm] += 1",
            "if $amount > 0 and $buyers[$arm] < self.sizes[$arm]:\n    $buyers[$arm] += 1",
        ),
    )
    examples = (
        Example("n_users = len(set(user_ids))", "n_users = len(user_ids)"),
        Example("visitors = log['user_id'].nunique()", "visitors = log['user_id'].count()"),
        Example(
            "for user, arm in log:\n    if user not in seen:\n        seen[user] = arm\n        sizes[arm] += 1\n",
            "for user, arm in log:\n    if user not in seen:\n        seen[user] = arm\n    sizes[arm] += 1\n",
        ),
        Example(
            "_, first, rows = np.unique(uid, return_index=True, return_inverse=True)\narm = arms[first]\n"
            "spent = np.bincount(rows, weights=paid)\nn = np.bincount(arm, minlength=2)\n",
            "_, first, rows = np.unique(uid, return_index=True, return_inverse=True)\narm = arms[first]\n"
            "spent = np.bincount(rows, weights=paid)\nn = np.bincount(arms, minlength=2)\n",
        ),
    )
    untouched = (
        "n_classes = len(set(labels))",
        "n_words = len(np.unique(tokens))",
        "if key not in cache:\n    cache[key] = value\n    misses[kind] += 1\n",
        "n_rows = len(user_ids)",
    )
