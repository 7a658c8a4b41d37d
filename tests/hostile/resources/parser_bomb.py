"""Has the compiler read brackets and signs, thousands deep.

verdict: not fixed
"""

for bomb in ("(" * 90, "-" * 30_000, "x" + ".y" * 30_000, "lambda: " * 5_000, "1" + "+1" * 30_000):
    try:
        compile(bomb + "1", "bomb", "exec")
    except (SyntaxError, RecursionError, MemoryError):
        pass
