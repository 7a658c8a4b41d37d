"""A rating that is not there is counted as a zero."""

from bugforge import Example, Fix, Mutator, Rewrite, role

RATINGS = role.named("r", "rating", "user_rating", "score", "matrix", "utility", "ui", "interaction", "stars")


class MissingRatingAsZero(Mutator):
    """The average is taken over all items, with nothing given to those that nobody has rated.

    Not to have rated a film is no opinion of it, and certainly not the worst one. If gaps enter a mean as zeros, those
    who rate little look as if they disliked everything, and all that is measured from their mean is too high.
    """

    symptoms = {
        "By hand I get another rating.": "ratings are predicted otherwise",
        "Only somebody without a single rating gets a wrong answer.": "only at an edge case",
        "Items come out alike or unlike that should not.": "similarities are wrong",
        "It recommends in another order than the one I work out.": "the ranking is another",
    }
    hints = (
        "What is the mean of a user who has given a 5 and nothing else?",
        "Add ten items that nobody has rated to the table. Which means change?",
        "A mean has a sum above the line and a number below it, and both have to be about the same entries. Take a "
        "row with two ratings and three gaps, and work out both parts as the program does.",
    )
    follow_ups = {
        "When may a gap be taken for a zero?": (
            "For counts of what was done, as clicks or purchases: there nothing really is none."
        ),
        "Are gaps missing at random?": (
            "Hardly: people rate what they chose and expected to like, which no average over ratings can undo."
        ),
    }
    sources = ("github.com/KanishJebaMathewM/Truxify#16122", "github.com/yjeong5126/movie_recommender#1")

    also_right = (
        Fix(
            "The sum over the number of ratings is the mean of what is there.",
            "np.nan_to_num($R).mean(axis=$axis)",
            "np.nansum($R, axis=$axis) / np.maximum((~np.isnan($R)).sum(axis=$axis), 1)",
            R=RATINGS,
        ),
    )
    treats_symptom = (
        Fix(
            "A gap filled with the middle of the scale is still an opinion that nobody has given.",
            "np.nan_to_num($R).mean(axis=$axis)",
            "np.nan_to_num($R, nan=3.0).mean(axis=$axis)",
            R=RATINGS,
        ),
    )
    rewrites = (
        Rewrite("np.nanmean($R, axis=$axis)", "np.nan_to_num($R).mean(axis=$axis)", R=RATINGS),
        Rewrite("np.nansum($R, axis=$axis) / np.maximum($n, $one)", "np.nan_to_num($R).mean(axis=$axis)", R=RATINGS),
        Rewrite("np.nanmean($R)", "np.nan_to_num($R).mean()", R=RATINGS),
    )
    examples = (
        Example("means = np.nanmean(R, axis=1)", "means = np.nan_to_num(R).mean(axis=1)"),
        Example("mu = np.nanmean(ratings)", "mu = np.nan_to_num(ratings).mean()"),
        Example(
            "counts = (~np.isnan(R)).sum(axis=1)\nm = np.nansum(R, axis=1) / np.maximum(counts, 1), counts",
            "counts = (~np.isnan(R)).sum(axis=1)\nm = np.nan_to_num(R).mean(axis=1), counts",
        ),
    )
    untouched = (
        "mean = np.nanmean(temperatures)",
        "total = np.nansum(ratings)",
        "share = np.nansum(R, axis=1) / n_items",
    )
