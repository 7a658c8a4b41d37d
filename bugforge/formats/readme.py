"""The candidate's page."""

from collections.abc import Mapping
from typing import Any

from bugforge.formats.text import changed_demo_lines, demo_lines, planted, public_names, render
from bugforge.model import Difficulty
from bugforge.sheet import Sheet


def readme(sheet: Sheet) -> Mapping[str, bytes]:
    return {"README.md": render("README.md.j2", **about_page(sheet)).encode()}


def about_page(sheet: Sheet) -> dict[str, Any]:
    """What a page for the candidate may say."""
    seen = sheet.observation
    return {
        "about": sheet.about,
        "bugs": sheet.bugs,
        "count": planted(len(sheet.bugs)),
        "difficulty": sheet.difficulty,
        "minutes": sheet.minutes,
        "loud": seen.loud,
        "allowed": ", ".join((*sheet.about.allowed, "the standard library")),
        "symptoms": [] if sheet.difficulty is Difficulty.HARD else [b.symptoms[0] for b in sheet.bugs if b.symptoms],
        "failing": seen.today,
        "tests": len(seen.failing) + len(seen.passing) + len(seen.unsteady),
        "message": seen.message.partition("\n")[0],
        "demo": demo_lines(seen.demo),
        "prints": bool(seen.demo.printed),
        "huge": "huge" in seen.demo.printed,
        "right_lines": [] if sheet.difficulty is Difficulty.HARD else changed_demo_lines(seen.demo, seen.right_demo),
        "demo_shows": seen.demo != seen.right_demo,
        "names": public_names(sheet.broken, "\n".join(sheet.files[name] for name in sheet.tests)),
    }
