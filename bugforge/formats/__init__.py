"""What is made of a sheet, one file a format: each gives the files of its kind by name."""

from collections.abc import Callable, Mapping

from bugforge.sheet import Sheet

Format = Callable[[Sheet], Mapping[str, bytes]]
