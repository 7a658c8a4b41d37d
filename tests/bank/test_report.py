"""The pages on a bank and on a person: complete, harmless whatever a candidate wrote, and readable."""

import html
import importlib.util
import re
import shutil
from dataclasses import replace

import pytest
from click.testing import CliRunner

from bugforge.bank import Bank, Criterion, Request
from bugforge.bank.report import use_by_month
from bugforge.cli import main
from bugforge.errors import BankError
from bugforge.model import Difficulty
from tests.bank.simulated import ROUND, WHY, interview, season

NAME = "Zoë <b>O'Hara</b> 🙂 & co"
LEVELS = list(Difficulty)


@pytest.fixture(scope="module")
def used(tmp_path_factory, vary):
    """Forty exercises of fifteen topics and eighteen categories, twenty candidates and one more."""
    place = tmp_path_factory.mktemp("used")

    def exercise(number):
        made = vary(number, topic=f"a_topic_of_some_length_{number % 15}", minutes=3 + number % 9)
        category = f"category-with-a-name-{number % 18}"
        bug = replace(
            made.bugs[0], bug_class=replace(made.bugs[0].bug_class, id=f"class-{number % 4}", category=category)
        )
        return replace(made, difficulty=LEVELS[number % 3], bugs=(bug,))

    with Bank.create(place / "bank.db") as bank:
        bank.add(exercise(number) for number in range(40))
        season(bank, place, 20, months=7)
        graded = interview(bank, place, NAME, lambda item: int(item.id, 16) % 2 == 0, group="spring", seed=3)
        bank.score(graded[0].assigned.folder, {Criterion.UNDERSTANDING: 20})
        yield bank, graded


def text_of(page):
    return html.unescape(re.sub(r"<[^>]*>", " ", page.partition("</style>")[2]))


def test_the_report_counts_what_is_in_the_bank(used):
    bank, _ = used
    page = bank.report()
    assert "40 exercises in the bank" in page
    heat = [int(n) for n in re.findall(r'<td style="--heat: [\d.]+" title="[^"]*">(\d+)', page)]
    assert sum(heat) == 40
    found = bank.stats()
    assert all(one.name in page for one in (*found.families, *found.classes))
    assert f"{found.answers} answers" in page
    low, high = found.classes[0].facility.interval
    assert f"{100 * low:.0f} to {100 * high:.0f} %" in page


def test_use_is_told_month_by_month_and_outlasts_who_is_forgotten(used, tmp_path):
    bank, _ = used
    Bank.rescue(bank._database.path, tmp_path / "bank.db")
    with Bank(tmp_path / "bank.db") as copy, copy._database.reading() as connection:
        before = use_by_month(connection)
    assert [one.month for one in before[:7]] == [f"2026-{n:02}" for n in range(1, 8)]
    with Bank(tmp_path / "bank.db") as copy:
        copy.forget("candidate 3")
        with copy._database.reading() as connection:
            assert use_by_month(connection) == before


def test_a_score_sheet_says_what_was_asked_answered_and_given(used):
    bank, graded = used
    page = bank.score_sheet(NAME)
    told = text_of(page)
    for one in graded:
        (bug,) = one.assigned.sheet.bugs
        assert one.assigned.folder in told
        assert bug.bug_class.title in told
        assert all(question in told and model in told for question, model in bug.bug_class.follow_ups.items())
    assert len(re.findall('class="fixed"', page)) == sum(one.verdict.grade == "fixed" for one in graded)
    assert "20 of 25" in told and "interviewer" in told and "measured" in told and "open" in told
    assert "the line is right" in told or "the line is wrong" in told


def test_what_a_candidate_wrote_is_text(used):
    bank, graded = used
    page = bank.score_sheet(NAME)
    assert page.count(html.escape(WHY.replace("\x1b", "\\x1b"), quote=True).replace("&quot;", "&#34;")) == len(graded)
    assert "<script" not in page and "<b>O" not in page and "\x1b" not in page


def test_a_control_is_said_to_have_no_bug(bank, vary, tmp_path):
    bank.add(vary(n) for n in range(4))
    bank.draw(Request("ana", ROUND, tests="quiet", controls=1, seed=1), jobs=1)
    page = bank.score_sheet("ana")
    assert page.count("There is no bug in this program.") == 1
    assert page.count("Nothing came back.") == 4


@pytest.mark.parametrize("candidate", [None, NAME])
def test_the_pages_need_nothing_beside_them(used, candidate):
    bank, _ = used
    page = bank.report() if candidate is None else bank.score_sheet(candidate)
    assert not re.findall(r"(?:\bsrc=|\bhref=|@import|\burl\()", page)
    assert "default-src 'none'" in page


def test_an_empty_bank_has_a_report(bank):
    page = bank.report()
    assert "0 exercises in the bank" in page
    assert "Nothing was drawn yet." in page


def test_the_command_writes_a_page_that_only_its_owner_reads(used, tmp_path):
    bank, _ = used
    arguments = ["bank", "report", "--bank", str(bank._database.path), "--html"]
    for more in ([], ["--candidate", NAME]):
        told = CliRunner().invoke(main, [*arguments, str(tmp_path / "page.html"), *more])
        assert told.exit_code == 0, told.output
        assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o600
    assert "Score sheet" in (tmp_path / "page.html").read_text()
    told = CliRunner().invoke(main, [*arguments, str(tmp_path / "nowhere" / "page.html")])
    assert (told.exit_code, "cannot be written" in told.output) == (2, True)
    with pytest.raises(BankError, match="knows no candidate 'nobody'"):
        bank.score_sheet("nobody")


CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def browser():
    if importlib.util.find_spec("playwright") is None or CHROMIUM is None:
        pytest.skip("no browser is installed: this needs chromium and playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
@pytest.mark.parametrize("candidate", [None, NAME])
def test_in_a_browser_nothing_runs_out_of_sight(used, browser, tmp_path, candidate, width, scheme):
    """Neither beyond the right edge nor out of its cell; and text and ground are far apart in light and dark."""
    bank, _ = used
    file = tmp_path / "page.html"
    file.write_text(bank.report() if candidate is None else bank.score_sheet(candidate), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url) if request.url != file.as_uri() else None)
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    beyond = "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
    assert page.evaluate(f"{beyond}.map(e => e.outerHTML.slice(0, 80))") == []
    wide = "[...document.querySelectorAll('td, th')].filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1)"
    assert page.evaluate(f"{wide}.map(e => e.outerHTML.slice(0, 80))") == []
    assert page.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
    colour = page.evaluate("getComputedStyle(document.body).color")
    assert colour == ("rgb(0, 0, 0)" if scheme == "light" else "rgb(255, 255, 255)")
    assert said == []
    page.close()
