"""Shares memory with whoever comes later.

verdict: not fixed
stopped by: seccomp
success: memory to share
"""

import ctypes

CREATE, REMOVE = 0o1600, 0
libc = ctypes.CDLL(None)
memory = libc.shmget(0xBF, 4096, CREATE)
if memory >= 0:
    libc.shmctl(memory, REMOVE, None)
    raise RuntimeError("memory to share")
