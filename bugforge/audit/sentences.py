"""What every bug class says, looked at once: whole sentences, enough of them, and none that names the bug."""

from collections.abc import Iterator

from bugforge.model import BugClass
from bugforge.pack import Pack

LONGEST_TITLE, SHORTEST_WHY = 120, 20  # characters, words
ENDINGS = (".", "?", "!", "`", ")")


def poor_sentences(pack: Pack) -> Iterator[str]:
    for bug in (pack.bug_classes[name] for name in sorted(pack.own)):
        for what in _poor(bug):
            yield f"{bug.id}: {what}"


def _poor(bug: BugClass) -> Iterator[str]:
    fixes = (*bug.also_right, *bug.treats_symptom)
    texts = [bug.title, bug.why, *bug.symptoms, *bug.hints, *bug.follow_ups.values(), *fixes]
    for text in texts:
        if not text.strip().endswith(ENDINGS):
            yield f"{text.strip()[-40:]!r} is no whole sentence; end it"
    if len(bug.title) > LONGEST_TITLE:
        yield f"the title has {len(bug.title)} characters; say it in {LONGEST_TITLE}"
    if len(bug.why.split()) < SHORTEST_WHY:
        yield f"the reason has {len(bug.why.split())} words; give {SHORTEST_WHY} at least"
    if len(bug.follow_ups) < 2 or len(bug.examples) < 2:
        yield "there are fewer than two follow-up questions or examples; add one"
    if any(bug.id.replace("-", " ") in sentence.lower() for sentence in bug.symptoms):
        yield "a symptom names the bug; say what somebody sees who does not know it"
    for source in bug.sources:
        if "://" in source:
            yield f"the source {source} is written with its scheme; leave that out"
