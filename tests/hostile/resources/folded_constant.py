"""Has the compiler compute a constant that fills the memory.

verdict: not fixed
"""

exec("x = " + "[" + ",".join(["(1 << 100_000)"] * 100_000) + "]")
