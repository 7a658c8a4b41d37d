"""The vocabulary of what can be seen of a bug, and which sentences are true where some of it was seen.

A fact is seen in two things that are run anyway: the contract's tests, of which a problem says what each one's failure
means, and the demo, of which it says what each line's change means. Nothing else makes a sentence true.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

AND = " & "
CHANGES = ("changed", "higher", "lower")  # of a demo's line: at all, or of every number that has changed
NUMBER = re.compile(r"(?<![\w.])-?(?:\d+(?:\.\d*)?(?:e[+-]?\d+)?|huge|nan|inf)(?![\w.])")
NOT_FINITE = re.compile(r"(?<![\w.])(?:nan|inf)(?![\w.])")


class Fact(StrEnum):
    """What was seen of a broken program; each is told of ordinary data unless it says otherwise."""

    # of any program
    RAISES = "raises"
    RAISES_AT_EDGE = "raises at an edge case"
    WARNS = "warns"
    NAN = "NaN"  # or infinity, where the right program has a number
    DEMO_ALIKE = "demo alike"  # the demo prints what it should
    ONLY_AT_EDGE = "only at an edge case"
    SHAPE = "another shape"
    INPUT_CHANGED = "changes its input"
    REFUSAL = "refuses or accepts wrongly"
    UNREPEATABLE = "differs between equal calls"

    # of a loss and its training
    GRADIENT = "gradient is not the slope"
    STEP = "a step by hand is missed"
    LOSS_VALUE = "loss by hand is missed"
    LOSS_HIGH = "training ends at a higher loss"
    LOSS_LOW = "training ends at a lower loss"
    ASCENDS = "the first step ascends"
    NOT_MINIMUM = "does not reach the minimum"
    STOPS_WRONGLY = "stops too early or never"
    WEIGHTS_LONG = "weights too large"
    WEIGHTS_SHORT = "weights too small"
    WEIGHTS = "other weights"
    BIAS_STILL = "the bias stays behind"
    PENALTY = "the penalty acts otherwise"
    ROW_COUNT = "changes when rows are repeated"
    DEPENDENT = "fails where columns depend on each other"
    ONE_CLASS = "fails with one class only"
    SATURATED = "fails far from the boundary"
    INITIAL = "starts from other weights"
    BATCHES = "rows are left out of batches, or doubled"

    LOSS_TOO_HIGH = "loss too high"
    LOSS_TOO_LOW = "loss too low"

    # of predictions and scores
    SUMS = "outputs are no weighted sums"
    NAN_LOST = "NaN is lost"
    SCORE = "another score"
    EXACT = "misses an exact plane"
    UNMOVED = "predictions do not move with the target"
    SCORE_HIGH = "score too high"
    SCORE_LOW = "score too low"
    MEAN_OFF = "mean probability is off"
    GROUP_MEAN = "groups do not get their mean"
    NOT_PROBABILITY = "probabilities do not add up"
    LARGE_LOGITS = "fails at large logits"
    CERTAIN = "fails at certain predictions"
    VALUE = "a metric by hand is missed"
    PRECISION = "precision by hand is missed"
    RECALL = "recall by hand is missed"
    CANCEL = "errors cancel"
    CLASS_AVERAGE = "average over classes is off"
    NO_DENOMINATOR = "fails where a ratio has no denominator"
    TIES = "ties are counted wrongly"
    LABELS = "labels do not follow the scores"
    SINGLE_ROW = "a single row is treated otherwise"
    UNIT = "the unit is wrong"

    # of clusters
    NEAREST = "rows are not with their nearest center"
    DISTANCES = "distances are wrong"
    NEAR_COPIES = "distances of near copies are wrong"
    CENTERS = "centers are not the means"
    GROUPS = "clear groups are not found"
    INERTIA = "inertia is wrong"
    EMPTY_CLUSTER = "empty clusters go wrong"
    SEEDING = "first centers are drawn otherwise"

    # of tables and their parts
    HELD_OUT = "changes with held-out rows"
    FITTED_ELSEWHERE = "statistics are not those of the training rows"
    REPORT = "the report does not belong together"
    SHARED_ROWS = "rows are lost, or in two parts"
    KEPT_TWICE = "rows are kept twice"
    PART_SIZES = "parts of other sizes"
    TARGET = "the target is a feature"
    COLUMNS = "other columns"
    GAPS = "gaps are filled otherwise"
    ENCODING = "categories are encoded otherwise"
    OWN_LABEL = "a row is encoded by its own label"
    SCALING = "columns are scaled otherwise"
    CONSTANT_COLUMN = "fails at a constant column"
    SPLIT_FIXED = "the split is no random one"
    ROWS = "rows are lost or doubled"
    ROW_ORDER = "changes with the order of the rows"
    FUTURE = "changes with later rows"
    OTHER_GROUPS = "changes with rows of another group"
    TYPES = "values have another type"
    CELLS = "cells by hand are missed"
    STRETCH = "another stretch of time is fitted or tested"
    STRATA = "classes are shared out unevenly"
    GROUP_SPLIT = "a group is in two parts"

    # of trees, votes and neighbors
    IMPURITY = "impurity by hand is missed"
    SPLIT_CHOICE = "another split is chosen"
    GROWTH = "the tree grows otherwise"
    LEAVES = "leaves predict otherwise"
    BAGS = "rows are drawn otherwise"
    DRAWN_COLUMNS = "columns are drawn otherwise"
    IMPORTANCES = "importances are wrong"
    OUT_OF_BAG = "the out-of-bag score is wrong"
    VOTES = "votes are counted otherwise"
    NEIGHBORS = "other neighbors are found"
    OWN_NEIGHBOR = "a row is its own neighbor"

    # of attention and layers
    ATTENTION = "attention by hand is missed"
    MASK = "a mask by hand is missed"
    MASKED = "what is masked has influence"
    HEADS = "heads are mixed up"
    BATCH_ROWS = "rows of a batch influence each other"
    STATE = "what is kept from step to step is wrong"
    CLIPPED = "gradients are clipped otherwise"
    SCHEDULE = "the schedule is another"

    # of rankings and recommendations
    RANKING = "the ranking is another"
    SIMILARITY = "similarities are wrong"
    SEEN_ITEMS = "what is known is recommended"
    RATINGS = "ratings are predicted otherwise"

    # of samples and tests
    STATISTIC = "a statistic by hand is missed"
    P_VALUE = "the p-value is wrong"
    INTERVAL = "the interval is wrong"
    SAMPLE_SIZE = "the sample size is wrong"
    DECISIONS = "other hypotheses are rejected"
    FREEDOM = "the degrees of freedom are others"
    UNITS = "rows are counted for users"
    RESAMPLES = "resamples are drawn otherwise"
    ARM = "an arm does not vary"
    ESTIMATES = "no resample has such an estimate"
    EQUAL_DRAWS = "separate draws are equal"
    PAIRS = "pairs are torn apart"
    CORRELATION = "correlations are wrong"
    ADJUSTED = "the adjusted outcome is another"
    COVERAGE = "intervals miss the truth too often or too seldom"

    # of signals and components
    SPECTRUM = "the spectrum is wrong"
    FREQUENCIES = "frequencies are wrong"
    FILTERED = "the filter lets pass what it should not, or the reverse"
    ENERGY = "energy is not kept"
    TAPS = "sums over taps by hand are missed"
    SHIFTED = "the filtered signal is shifted"
    GAIN = "a constant comes out at another level"
    LEVELS = "levels are wrong"
    COMPONENTS = "components are others"
    VARIANCES = "variances are wrong"
    RECONSTRUCTION = "the reconstruction is off"


@dataclass(frozen=True)
class Signs:
    """What a problem says its tests and its demo show.

    `tests`: by the name of a test, what it means that it fails. `demo`: by the label of a line (what stands before its
    colon), what it means that it has changed, is "higher", or is "lower".
    """

    tests: Mapping[str, tuple[Fact, ...]]
    demo: Mapping[str, Mapping[str, tuple[Fact, ...]]]


def facts_of_tests(names: Iterable[str], signs: Signs) -> set[Fact]:
    return {fact for name in names for fact in signs.tests.get(base_name(name), ())}


def base_name(test: str) -> str:
    """Of a test as pytest names it: without file and parameters."""
    return test.rpartition("::")[2].partition("[")[0]


def facts_of_demo(today: str, right: str, signs: Signs) -> set[Fact]:
    """What differs between two runs of a demo."""
    found: set[Fact] = set()
    labelled = zip_longest(*(_by_label(text) for text in (today, right)), fillvalue=("", ""))
    for (label, mine), (other, theirs) in labelled:
        if label != other or mine == theirs:
            continue
        meaning = signs.demo.get(label, {})
        ways = ("changed", *_direction(mine, theirs))
        found |= {fact for way in ways for fact in meaning.get(way, ())}
        if NOT_FINITE.search(mine) and not NOT_FINITE.search(theirs):
            found.add(Fact.NAN)
    return found | ({Fact.DEMO_ALIKE} if today == right else set())


def _by_label(text: str) -> list[tuple[str, str]]:
    parts = (line.partition(":") for line in text.splitlines())
    return [(label.strip(), rest) for label, _, rest in parts]


def labels_of(text: str) -> set[str]:
    """Of the lines that a demo printed."""
    return {label for label, _ in _by_label(text)}


def _direction(mine: str, theirs: str) -> list[str]:
    """Whether the numbers of a line went one way."""
    pairs = zip(*([_value(text) for text in NUMBER.findall(line)] for line in (mine, theirs)), strict=False)
    signs = {(a > b) - (a < b) for a, b in pairs if not math.isnan(a - b)} - {0}
    return ["higher"] if signs == {1} else ["lower"] if signs == {-1} else []


def _value(text: str) -> float:
    """ "huge" is a number of which no more is known."""
    return float(text.replace("huge", "1e300"))


def true_sentences(symptoms: Mapping[str, str], facts: Sequence[str]) -> tuple[str, ...]:
    """Those of a bug class's sentences whose facts were all seen, in their order."""
    return tuple(sentence for sentence, needed in symptoms.items() if set(needed.split(AND)) <= set(facts))


def only_raises(symptoms: Mapping[str, str]) -> bool:
    """Whether a bug class has no symptom without an error."""
    return all(Fact.RAISES in needed.split(AND) for needed in symptoms.values())
