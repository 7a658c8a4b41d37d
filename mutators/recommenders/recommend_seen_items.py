"""What the user knows already is among the recommendations."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

SEEN = role.named("seen", "rated", "known", "watched", "interacted", "history", "consumed", "bought", "mask", "train")
SCORES = role.named("score", "prediction", "pred", "rating", "ranking", "r_hat", "estimate")


class RecommendSeenItems(Mutator):
    """Nothing keeps items with a rating out of the list, and they are just the ones that score highest.

    The best guess of what somebody likes is what they have said they like. A list that does not leave it out recommends
    the past, looks excellent in every offline metric that counts known items as hits, and is of no use to anybody.
    """

    symptoms = {
        "It recommends what the user has rated already.": "what is known is recommended",
    }
    hints = (
        "Compare the recommendations with what the user has rated.",
        "Which items can win for a user who has rated almost everything?",
        "A recommendation is drawn from a set of candidates. Write down for one user which items belong to that set "
        "and which do not, and then find the line that makes it, or that takes items out of it before the best are "
        "chosen.",
    )
    follow_ups = {
        "Where is it right to recommend what is known?": (
            "Where things are bought again: groceries, songs, consumables."
        ),
        "How does an offline metric hide this?": (
            "If the training ratings count as relevant, the known items are hits, and the metric rises."
        ),
    }
    sources = ("github.com/patricio-quezada/tvlens#27", "github.com/recommenders-team/recommenders#303")

    where = place.function(vocabulary.RECOMMENDING)
    also_right = (
        Fix(
            "What is not equal to itself is not a number, and has not been rated.",
            "np.arange(len($R[user]))",
            "np.flatnonzero($R[user] != $R[user])",
        ),
    )
    treats_symptom = (
        Fix(
            "Leaving out the best-rated item leaves in all the others.",
            "np.arange(len($R[user]))",
            "np.delete(np.arange(len($R[user])), np.nanargmax($R[user]))",
        ),
    )
    rewrites = (
        Rewrite("np.flatnonzero(np.isnan($R[$user]))", "np.arange(len($R[$user]))"),
        Rewrite("np.where(np.isnan($R[$user]))[0]", "np.arange(len($R[$user]))"),
        Rewrite("$scores[$seen] = -np.inf\n...\nreturn $r", "...\nreturn $r", scores=SCORES, seen=SEEN),
        Rewrite("[$i for $i in $items if $i not in $seen]", "[$i for $i in $items]", seen=SEEN),
    )
    examples = (
        Example(
            "def recommend(R, user, scores):\n    new = np.flatnonzero(np.isnan(R[user]))\n"
            "    return new[np.argsort(-scores[new])]\n",
            "def recommend(R, user, scores):\n    new = np.arange(len(R[user]))\n"
            "    return new[np.argsort(-scores[new])]\n",
        ),
        Example(
            "def top_n(scores, seen, n):\n    scores[seen] = -np.inf\n    top = np.argsort(-scores)[:n]\n"
            "    return top, seen\n",
            "def top_n(scores, seen, n):\n    top = np.argsort(-scores)[:n]\n    return top, seen\n",
        ),
        Example(
            "def recommend_for(user, items, seen):\n    return [i for i in items if i not in seen], len(seen)\n",
            "def recommend_for(user, items, seen):\n    return [i for i in items], len(seen)\n",
        ),
    )
    untouched = (
        "def missing(R, u):\n    return np.flatnonzero(np.isnan(R[u]))\n",
        "def recommend(scores):\n    return np.argsort(-scores)\n",
        "def clean(scores, bad):\n    scores[bad] = -np.inf\n    return scores\n",
    )
