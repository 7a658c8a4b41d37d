"""Fills memory until there is no more.

verdict: not fixed
because: MemoryError
stopped by: rlimits
success: a full gigabyte
"""

kept = []
for _ in range(1024):
    kept.append(bytearray(1 << 20))
raise RuntimeError("a full gigabyte")
