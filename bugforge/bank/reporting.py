"""What is in a bank, and how one candidate did, each as a page to read and to print."""

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from bugforge.bank.answer_form import Answer, names_a_bug
from bugforge.bank.assigned import Assigned, assigned
from bugforge.bank.candidates import known_candidate
from bugforge.bank.scores import WEIGHTS, scores
from bugforge.bank.stats import FEWEST, stats
from bugforge.formats.text import render
from bugforge.grading.verdict import Verdict
from bugforge.model import Difficulty

USES = """
select substr(drawn, 1, 7), count(*) from assignments join sets on sets.id = set_id group by 1
union all select month, sum(drawn) from forgotten group by 1
"""


def report(connection: sqlite3.Connection) -> str:
    """The whole bank: what there is of each kind, how it was used, and what came of it."""
    in_use = "from exercises where retired is null"
    levels = dict(connection.execute(f"select difficulty, count(*) {in_use} group by 1").fetchall())
    minutes = dict(connection.execute(f"select minutes, count(*) {in_use} group by 1 order by 1").fetchall())
    months = Counter[str]()
    for month, number in connection.execute(USES):
        months[month] += number
    return render(
        "bank_report.html.j2",
        total=sum(levels.values()),
        retired=connection.execute("select count(*) from exercises where retired is not null").fetchone()[0],
        levels=_bars({level: levels.get(level, 0) for level in Difficulty}),
        minutes=_bars(minutes),
        months=_bars(dict(sorted(months.items()))),
        map=_heat_map(connection),
        stats=stats(connection),
        fewest=FEWEST,
    )


def _bars(counts: Mapping[Any, int]) -> list[tuple[str, int, float]]:
    """Name, number and length between 0 and 100 of each bar."""
    most = max(counts.values(), default=0) or 1
    return [(str(name), number, round(100 * number / most, 1)) for name, number in counts.items()]


def _heat_map(connection: sqlite3.Connection) -> dict[str, Any]:
    """How many bugs of each category there are in each topic; `shade` between 0 and 1."""
    rows = connection.execute(
        "select topic, category, count(*) from exercises join bugs on exercise = id where retired is null group by 1, 2"
    ).fetchall()
    topics, categories = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    cells = {(topic, category): number for topic, category, number in rows}
    most = max(cells.values(), default=1)
    return {
        "categories": categories,
        "rows": [
            (topic, [(cells.get((topic, c), 0), round(cells.get((topic, c), 0) / most, 2)) for c in categories])
            for topic in topics
        ],
    }


def score_sheet(connection: sqlite3.Connection, candidate: str) -> str:
    """One person's exercises, verdicts, words and points, with questions to ask and model answers."""
    rows = connection.execute(
        "select id, drawn, format, minutes from sets where candidate = ? order by id",
        (known_candidate(connection, candidate),),
    ).fetchall()
    sets = [
        {
            "drawn": drawn.partition("T")[0],
            "format": name,
            "minutes": minutes,
            "exercises": [_exercise(connection, one) for one in assigned(connection, number)],
        }
        for number, drawn, name, minutes in rows
    ]
    return render("bank_candidate.html.j2", candidate=candidate, sets=sets, weights=WEIGHTS)


def _exercise(connection: sqlite3.Connection, one: Assigned) -> dict[str, Any]:
    last = connection.execute(
        "select graded, answer, verdict from submissions where label = ? order by id desc limit 1", (one.label,)
    ).fetchone()
    answer = msgspec.json.decode(last[1], type=Answer) if last else Answer()
    verdict = msgspec.json.decode(last[2], type=Verdict) if last else None
    points = scores(connection, one.label)
    return {
        "folder": one.folder,
        "title": one.sheet.about.title,
        "difficulty": one.exercise.difficulty,
        "minutes": one.exercise.minutes,
        "graded": last[0].partition("T")[0] if last else "",
        "verdict": verdict,
        "answer": answer,
        "control": one.is_control,
        "false_alarm": verdict is not None and one.is_control and names_a_bug(answer, verdict),
        "missed": answer.no_bug and not one.is_control,
        "bugs": one.sheet.bugs,
        "points": points,
        "total": sum(value for value, _ in points.values()),
        "of": sum(WEIGHTS[criterion] for criterion in points),
        "follow_ups": _follow_ups(one),
    }


def _follow_ups(one: Assigned) -> Sequence[tuple[str, str]]:
    return [pair for bug in one.sheet.bugs for pair in bug.bug_class.follow_ups.items()]
