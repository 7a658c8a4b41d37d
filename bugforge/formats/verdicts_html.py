"""Verdicts as a page to read: a row a submission, its tests by name behind it."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, TextIO

from bugforge.formats.text import page
from bugforge.formats.verdicts_csv import row


def write(verdicts: Iterable[dict[str, Any]], file: TextIO, title: str) -> None:
    """`verdicts` in the shape of `bugforge check --json`; their texts are escaped."""
    counts: Counter[str] = Counter()

    def rows() -> Iterable[dict[str, Any]]:
        for verdict in verdicts:
            counts[verdict["bugforge"]["grade"]] += 1
            yield {"verdict": verdict, "cells": row(verdict)}

    for piece in page("verdicts.html.j2").generate(title=title, rows=rows(), counts=counts):
        file.write(piece)
