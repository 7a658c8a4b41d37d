import numpy as np
import pandas as pd
import pytest
from table_cleaning import (
    add_flags,
    clean,
    clip_outliers,
    complete,
    keep_latest,
    keep_sales,
    log_totals,
    mark_missing,
    parse_days,
    parse_numbers,
    read_table,
    unify,
    void_impossible,
)

HEADINGS = dict(
    zip(
        ["Order no.", "Rev.", "Date", "City", "State", "Unit price", "Items", "Discount"],
        ["order", "revision", "day", "city", "state", "price", "items", "discount"],
        strict=True,
    )
)
NUMBERS = ["price", "items", "discount"]
FLAGS = [f"{name}_missing" for name in NUMBERS]
ALIASES = {"zrh": "zurich", "z\u00fcrich": "zurich", "la chaux": "la chaux-de-fonds"}
NAN = float("nan")


def labelled(rng, columns):
    """A table of columns (dict) whose labels are no places."""
    table = pd.DataFrame(columns)
    return table.set_axis(rng.permutation(len(table)) + 3)


def column(rng, values):
    return labelled(rng, {"x": values})["x"]


def assert_labelled(found, given):
    assert list(found.index) == list(given.index), "the rows are not labelled like those that were given"


def same(found, expected):
    return np.allclose(np.asarray(found, dtype=float), np.asarray(expected, dtype=float), equal_nan=True)


def quantile(values, q):
    """By its definition: a place among the sorted values, between two of them."""
    ordered = sorted(value for value in values if value == value)
    place = q * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def clipped(values, tail=0.05):
    low, high = quantile(values, tail), quantile(values, 1 - tail)
    return [max(low, min(high, value)) if value == value else value for value in values]


def mean(values):
    given = [value for value in values if value == value]
    return sum(given) / len(given)


def export(rng, orders=12):
    """Lines of an export (dicts by name), what the sale of each order is worth (dict by order), and the first day.

    Order numbers differ in leading zeros, revisions in their number of digits; the values of each row are known.
    """
    lines, sales = [], {}
    for i in range(orders):
        order = ("0" * (i % 3 + 1) + str(7 + i // 3)) if i else "-"
        for revision in rng.permutation([2, 9, 10, 11][: 1 + i % 4]):
            month, day = 12 - i, int(rng.integers(1, 13))
            price, items, off = 1000 + 7 * i + int(revision), 1 + int(rng.integers(5)), int(rng.integers(1, 90))
            line = {"order": order, "revision": str(revision), "day": f"{day:02}/{month:02}/2024", "city": " ZRH"}
            line |= {"state": " Paid" if i % 2 else "sent", "price": f"EUR {price:,}.50", "items": str(items)}
            line["discount"] = f"{off}%" if i % 5 else "n/a"
            lines.append(line)
            if i and revision == max([2, 9, 10, 11][: 1 + i % 4]) and month > 3:
                sales[order] = (price + 0.5, items, off / 100 if i % 5 else NAN)
    return [lines[i] for i in rng.permutation(len(lines))], sales, pd.Timestamp("2024-04-01")


def as_text(lines, names):
    """The lines as CSV, with the columns in the order of names."""
    headings = {name: heading for heading, name in HEADINGS.items()}
    rows = [[headings[name] for name in names], *([f'"{line[name]}"' for name in names] for line in lines)]
    return "".join(",".join(row) + "\n" for row in rows)


def test_values_are_read_as_they_stand(rng):
    names = list(HEADINGS.values())
    numbers = rng.permutation(90)[:8]
    lines = [{name: "0" * int(rng.integers(3)) + str(n) for name in names} for n in numbers[:6]]
    lines += [dict.fromkeys(names, f"{n}.50") for n in numbers[6:]]
    lines[2] |= {"city": "", "state": "n/a"}
    lines[4] |= {"order": f"00{numbers[4]}", "city": " None"}
    table = read_table(as_text(lines, names))
    assert list(table.index) == list(range(8)), "the rows are not numbered from 0"
    for name in names:
        assert list(table[name]) == [line[name] for line in lines], f"a value of {name} is not the text in the export"


def test_each_column_is_named_after_its_heading(rng):
    names = [list(HEADINGS.values())[i] for i in np.roll(rng.permutation(8), 3)]
    names = names[::-1] if names == list(HEADINGS.values()) else names
    table = read_table(as_text([{name: f"any {name}" for name in names}] * 3, names))
    assert list(table.columns) == names, "the columns are not those of the text in their order, under their names"
    assert [list(table[name]) for name in names] == [[f"any {name}"] * 3 for name in names], "a column has another name"


def test_missing_values_go_by_many_names(rng):
    gone = ["", "-", "?", "n/a", "N/A", "none", "None", "unknown", "UNKNOWN", "  ", " - ", "n/A "]
    kept = ["0", "n", "nan y", "--", "no", "none  of it ", " -1", "Zug "]
    texts = column(rng, [[*gone, *kept][i] for i in rng.permutation(20)])
    marked = mark_missing(texts)
    assert_labelled(marked, texts)
    for text, found in zip(texts, marked, strict=True):
        if text in gone:
            assert pd.isna(found), f"{text!r} is not missing"
        else:
            assert found == " ".join(text.split()), f"{text!r} is not kept without the spaces that say nothing"


def test_numbers_are_read_from_texts(rng):
    thousands, rest, cents, share = (int(n) for n in rng.integers((1, 100, 10, 1), (99, 999, 99, 99)))
    large = 1000 * thousands + rest
    cases = {
        f"{large:,}.{cents} EUR": large + cents / 100,
        f"${large:,}": large,
        f"CHF {large}": large,
        f"-{rest}.{cents}": -rest - cents / 100,
        f"{share},000,000": share * 1e6,
        f"{share}.5%": (share + 0.5) / 100,
        f"{rest} %": rest / 100,
        f"{share}": share,
        "0": 0,
    }
    order = rng.permutation(11)
    texts, expected = [*cases, None, None], np.array([*cases.values(), NAN, NAN])
    given = column(rng, [texts[i] for i in order])
    numbers = parse_numbers(given)
    assert_labelled(numbers, given)
    for text, found, number in zip(given, numbers, expected[order], strict=True):
        assert same([found], [number]), f"{text!r} is read as another number"


def test_days_stand_before_months(rng):
    days = [
        (int(d), int(m)) for d, m in zip(rng.permutation(28) + 1, np.resize(rng.permutation(12) + 1, 28), strict=True)
    ]
    texts = [f"{day:02}/{month:02}/2023" for day, month in days] + [None, "31/02/2024", "soon", "29/02/2024"]
    order = rng.permutation(32)
    given = column(rng, [texts[i] for i in order])
    found = parse_days(given)
    assert_labelled(found, given)
    days += [None, None, None, (29, 2)]
    read = [None if pd.isna(stamp) else (stamp.day, stamp.month) for stamp in found]
    assert read == [days[i] for i in order], "a day is not the one that stands first in the text"


def test_names_have_one_spelling(rng):
    spelt = {"zurich": ["Zurich", " ZRH", "z\u00fcrich ", "zrh"], "st gallen": ["St Gallen", "st  gallen", "ST GALLEN"]}
    spelt |= {"la chaux-de-fonds": ["la  Chaux", "La Chaux-de-Fonds"], "z": ["Z"], None: [None]}
    pairs = [(text, name) for name, texts in spelt.items() for text in texts]
    pairs = [pairs[i] for i in rng.permutation(len(pairs))]
    names = column(rng, [text for text, _ in pairs])
    unified = unify(names, ALIASES)
    assert_labelled(unified, names)
    for (text, name), found in zip(pairs, unified, strict=True):
        assert pd.isna(found) if name is None else found == name, f"{text!r} is not spelt as it should be"


def test_the_latest_revision_of_each_order_stays(rng):
    start = int(rng.integers(6, 9))
    orders = [order for order in ("007", "07", "7", "12") for _ in range(4)]
    revisions = [str(start + step) for _ in range(4) for step in rng.permutation(4)]
    table = labelled(rng, {"order": orders, "revision": revisions, "x": rng.random(16)}).iloc[rng.permutation(16)]
    kept = keep_latest(table)
    assert sorted(kept["order"]) == ["007", "07", "12", "7"], "there is not one row for each order"
    last = [label for label in table.index if table.at[label, "revision"] == str(start + 3)]
    assert sorted(kept.index) == sorted(last), "the row of an order is not that of its latest revision"


def test_rows_are_kept_as_they_are(rng):
    n = int(rng.integers(4, 9))
    table = labelled(rng, {"order": [f"{i:04}" for i in rng.permutation(n)], "revision": "3", "x": rng.random(n)})
    assert keep_latest(table).loc[table.index].equals(table), "a row has changed"


def test_impossible_values_are_unknown(rng):
    items = [0.0, -1.0, 1.0, NAN, *rng.integers(1, 9, size=4).astype(float)]
    shares = [1.0, 0.0, 1.01, NAN, 70.0, -0.2, *rng.random(2)]
    order = rng.permutation(8)
    table = labelled(rng, {"items": np.array(items)[order], "discount": np.array(shares)[rng.permutation(8)]})
    voided = void_impossible(table)
    assert_labelled(voided, table)
    assert list(voided.columns) == ["items", "discount"], "the columns are others"
    assert same(voided["items"], [n if n >= 1 else NAN for n in table["items"]]), "items are not unknown where none is"
    shares = [share if share <= 1 else NAN for share in table["discount"]]
    assert same(voided["discount"], shares), "discounts are not unknown just where they are above 1"


def test_sales_fulfil_all_conditions(rng):
    since = pd.Timestamp("2024-01-01") + pd.Timedelta(days=int(rng.integers(300)))
    days = [since + pd.Timedelta(days=shift) for shift in (-200, -1, 0, 1, 90)] + [pd.NaT]
    states = ["paid", "sent", "open", "returned", "waiting", None]
    pairs = [(day, state) for day in days for state in states]
    pairs = [pairs[i] for i in rng.permutation(len(pairs))]
    table = labelled(rng, {"day": [day for day, _ in pairs], "state": [state for _, state in pairs]})
    kept = keep_sales(table, since)
    right = [
        label for label, (day, state) in zip(table.index, pairs, strict=True) if day >= since and state in states[:2]
    ]
    assert sorted(kept.index) == sorted(right), "the sales are not the rows that fulfil all conditions"


def test_what_is_missing_is_flagged(rng):
    values = [[None, 0.0, 1.5][i] for i in rng.permutation([0, 0, 0, 1, 1, 2, 2, 2, 2])]
    words = [[None, "", "x"][i] for i in rng.permutation([0, 0, 0, 0, 1, 1, 2, 2, 2])]
    table = labelled(rng, {"b": values, "a": words, "c": 1})
    flagged = add_flags(table, ["a", "b"])
    assert_labelled(flagged, table)
    assert list(flagged.columns) == ["b", "a", "c", "a_missing", "b_missing"], "not one flag a name, behind the others"
    assert flagged[["b", "a", "c"]].equals(table), "the columns have changed"
    assert list(flagged["a_missing"]) == [word is None for word in words], "a text is flagged wrongly"
    assert list(flagged["b_missing"]) == [value is None for value in values], "a number is flagged wrongly"


def skewed(rng, n):
    """Numbers with a few extremes on both sides and gaps."""
    values = [*rng.normal(50, 9, size=n), 4000 + rng.random(), -900 - rng.random(), NAN, NAN]
    return column(rng, rng.permutation(values))


def test_outliers_are_clipped_at_quantiles(rng):
    numbers = skewed(rng, int(rng.integers(20, 50)))
    for tail, given in ((0.05, {}), (0.2, {"tail": 0.2}), (0, {"tail": 0})):
        found = clip_outliers(numbers, **given)
        assert_labelled(found, numbers)
        assert same(found, clipped(numbers, tail)), f"values are not clipped at the quantiles {tail} and {1 - tail:g}"


def test_gaps_get_the_mean_of_clipped_numbers(rng):
    numbers = skewed(rng, int(rng.integers(20, 50)))
    for tail, given in ((0.05, {}), (0.1, {"tail": 0.1})):
        found, expected = complete(numbers, **given), clipped(numbers, tail)
        assert_labelled(found, numbers)
        gaps = numbers.isna()
        assert same(found[~gaps], np.array(expected)[~gaps]), "a number that was given is not the clipped one"
        assert same(found[gaps], [mean(expected)] * 2), "a gap is not filled with the mean of the clipped column"


def test_totals_are_on_a_scale_of_logarithms(rng):
    columns = {"price": rng.random(9) * 500, "items": rng.integers(1, 9, size=9), "discount": rng.random(9)}
    table = labelled(rng, columns)
    found = log_totals(table)
    assert_labelled(found, table)
    totals = [price * items * (1 - off) for price, items, off in table.itertuples(index=False)]
    assert same(np.exp(found) - 1, totals), "the totals cannot be had back from their logarithms"


def test_the_rows_of_a_clean_table_are_the_sales(rng):
    lines, sales, since = export(rng)
    names = [*list(HEADINGS.values())[:5], *rng.permutation(NUMBERS)]
    table = clean(read_table(as_text(lines, names)), ALIASES, since)
    assert list(table["order"]) == sorted(sales), "the rows are not the sales, sorted by order"
    assert list(table.index) == list(range(len(sales))), "the rows are not numbered from 0"


def test_a_clean_table_is_complete(rng):
    lines, sales, since = export(rng)
    names = [list(HEADINGS.values())[i] for i in rng.permutation(8)]
    table = clean(pd.DataFrame(lines, columns=names), ALIASES, since)
    assert list(table.columns) == [*names, *FLAGS, "log_total"], "the columns are others, or in another order"
    assert set(table["city"]) == {"zurich"}, "a city has another spelling"
    assert set(table["state"]) == {"paid", "sent"}, "a state has another spelling"
    assert (table["day"] >= since).all(), "a sale is older than was asked for"
    known = zip(*(sales[order] for order in sorted(sales)), strict=True)
    for name, flag, values in zip(NUMBERS, FLAGS, known, strict=True):
        assert list(table[flag]) == [value != value for value in values], f"{flag} does not say where {name} is missing"
        expected = [value if value == value else mean(clipped(values)) for value in clipped(values)]
        assert same(table[name], expected), f"{name} is not that of the latest revision, clipped and without gaps"
    assert same(table["log_total"], log_totals(table)), "log_total is not that of the numbers in its row"


def test_a_line_of_text_means_the_same_in_any_place(rng, unchanged):
    lines, _, since = export(rng)
    table = pd.DataFrame(lines)
    with unchanged(table):
        once = clean(table, ALIASES, since)
    again = clean(table.iloc[rng.permutation(len(table))], ALIASES, since)
    for name in ("order", "revision", "day"):
        assert list(again[name]) == list(once[name]), "the order of the lines decides which of them are kept"
    numbers = [*NUMBERS, *FLAGS, "log_total"]
    assert same(again[numbers], once[numbers]), "the order of the lines decides on numbers"


def test_arguments_are_left_alone(rng, unchanged):
    numbers = skewed(rng, 20)
    parts = labelled(rng, {"items": [0.0, 1.0, NAN], "discount": [0.1, 2.0, NAN], "order": ["1", "1", "2"]})
    parts["revision"] = ["2", "1", "3"]
    with unchanged(numbers, parts):
        complete(numbers)
        void_impossible(parts)
        add_flags(parts, ["items"])
        keep_latest(parts)


@pytest.mark.edge_case
def test_a_table_without_gaps_gets_none(rng):
    numbers = column(rng, [float(rng.integers(1, 99))] * int(rng.integers(2, 5)))
    assert same(complete(numbers), numbers), "equal numbers do not stay what they are"
    assert not add_flags(numbers.to_frame("x"), ["x"])["x_missing"].any(), "what is there is flagged as missing"
    assert list(mark_missing(numbers.astype(str))) == list(numbers.astype(str)), "what is there is marked as missing"


@pytest.mark.edge_case
def test_nothing_costs_nothing(rng):
    items = int(rng.integers(1, 9))
    table = labelled(rng, {"price": [0.0, 5.0], "items": [items, items], "discount": [0.3, 1.0]})
    assert same(log_totals(table), [0, 0]), "an order that costs nothing has not the logarithm 0"
