"""Fills memory until there is no more.

verdict: not fixed
because: MemoryError
stopped by: rlimits
success: a full gigabyte
"""

kept = []
for _ in range(64):
    kept.append(bytes(1 << 24))  # pages that nobody writes to cost no time
raise RuntimeError("a full gigabyte")
