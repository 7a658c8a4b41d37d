"""Pages on a bank and on one candidate: whole by themselves, and nothing of anybody's is markup."""

import re
import shutil
import subprocess

import pytest

from bugforge.bank import Criterion, Interview, Request
from bugforge.bank.answer_form import Answer
from bugforge.bank.grading import _json
from bugforge.errors import BankError
from bugforge.grading.verdict import Diagnosis, Nearness, Verdict
from bugforge.model import Difficulty, Grade

CHROMIUM = shutil.which("chromium")
NAME = "<script>alert(1)</script>"


@pytest.fixture
def answered(bank, vary):
    """One family; one candidate with a name that is markup, who has handed in everything with words of theirs."""
    bank.add(vary(n, bug_class="class-0", topic=f"topic{n % 3}") for n in range(11))
    bank.add([vary(11, difficulty=Difficulty.HARD)])
    for name in (NAME, "bob", "cy"):
        bank.draw(Request(name, Interview("any", 40), seed=1))
        with bank._database.writing() as connection:
            labels = connection.execute(
                "select label from assignments join sets on sets.id = set_id"
                " join candidates on candidates.id = candidate where name = ?",
                (name,),
            )
            for (label,) in labels.fetchall():
                verdict = Verdict("mean", Grade.FIXED, "every test passes", diagnosis=(Diagnosis(Nearness.NEAR, None),))
                answer = Answer(why="<b>no n</b>", minutes=3)
                row = label, "2026-01-01T00:00:00+00:00", "", _json(answer), _json(verdict)
                into = "insert into submissions (label, graded, program, answer, verdict) values (?, ?, ?, ?, ?)"
                connection.execute(into, row)
        bank.score(label, {Criterion.UNDERSTANDING: 20})
    return bank


def test_the_page_on_a_bank(answered):
    page = answered.report()
    assert "12 exercises in use; 12 answers" in page
    assert "mean: class-0" in page
    assert re.search(r"<tr><td>hard<td class=.number.>1<", page)
    assert "topic0" in page


def test_a_score_sheet_shows_words_as_words(answered):
    page = answered.score_sheet(NAME)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<blockquote>&lt;b&gt;no n&lt;/b&gt;</blockquote>" in page
    assert "the line is near" in page
    assert re.search(r"understanding<td class=.number.>20<td class=.number.>of 25<td class=.quiet.>said", page)
    assert "<dt>Why?<dd>Because." in page
    with pytest.raises(BankError, match="knows no candidate 'nobody'"):
        answered.score_sheet("nobody")


def test_pages_need_nothing_else(answered):
    for page in (answered.report(), answered.score_sheet("bob")):
        assert "default-src 'none'" in page
        assert not re.search(r"(src|href)=|url\(|@import", page)


def test_an_empty_bank_has_a_page(bank):
    assert "0 exercises in use; 0 answers" in bank.report()
    assert "Nothing was answered yet." in bank.report()


@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium to look at the page with")
@pytest.mark.parametrize("width", [390, 1200])
def test_a_page_does_not_scroll_sideways(answered, tmp_path, width):
    """A frame of this width holds the page, and tells whether it is wider."""
    (tmp_path / "page.html").write_text(answered.report())
    frame = (
        f'<iframe src="page.html" style="width: {width}px; height: 900px; border: 0" onload="'
        "const page = contentDocument.documentElement; "
        'document.body.append(page.scrollWidth <= page.clientWidth)"></iframe>'
    )
    (tmp_path / "frame.html").write_text(frame)
    flags = "--headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run".split()
    told = subprocess.run(
        [
            CHROMIUM,
            *flags,
            "--allow-file-access-from-files",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom",
            (tmp_path / "frame.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    assert "</iframe>true<" in told
