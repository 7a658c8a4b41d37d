"""Reserves more address space than the machine has memory.

verdict: not fixed
stopped by: rlimits
success: a hundred gigabytes
"""

import mmap

NO_RESERVE = 0x4000
try:
    mmap.mmap(-1, 100 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | NO_RESERVE)
except OSError:
    pass
else:
    raise RuntimeError("a hundred gigabytes")
