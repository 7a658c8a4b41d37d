"""Fills a file that lies in memory, outside of the address space.

verdict: not fixed
stopped by: seccomp, rlimits
success: eight megabytes
"""

import os

try:
    descriptor = os.memfd_create("store")
    written = sum(os.write(descriptor, bytes(1 << 20)) for _ in range(8))
except OSError:
    written = 0
if written == 8 << 20:
    raise RuntimeError("eight megabytes")
