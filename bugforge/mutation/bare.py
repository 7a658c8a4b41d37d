"""A program as it is handed out: without its module docstring and without comments."""

import ast
import io
import tokenize

from bugforge.mutation.lines import lines_of


def bare(source: str) -> str:
    """The same program without module docstring and comments; the layout of the code is kept.

    Comments tell shapes and reasons that a planted bug would belie, so none is left to compare with.
    Raises SyntaxError for text that is not Python.
    """
    first = ast.parse(source).body[:1]
    lines = lines_of(source)
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(source).readline))):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            code = lines[row - 1][:column].rstrip()
            lines[row - 1] = f"{code}\n" if code else ""
    if first and isinstance(first[0], ast.Expr) and isinstance(first[0].value, ast.Constant):
        start, end = first[0].lineno, first[0].end_lineno or first[0].lineno
        behind = lines[end - 1].encode()[first[0].end_col_offset :].decode().lstrip(" ;")
        lines[start - 1 : end] = [behind]
    return "".join(lines).strip("\n") + "\n"
