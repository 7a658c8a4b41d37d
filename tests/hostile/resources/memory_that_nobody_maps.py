"""Shares memory with itself and unmaps all of it but a page: it stays, and no limit counts it.

verdict: not fixed
because: refused
stopped by: seccomp
success: 64 MB that nobody counts
"""

import ctypes

READ_WRITE, SHARED_ANONYMOUS_NOW = 3, 0x8021
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *3 * [ctypes.c_int], ctypes.c_long]
libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
for _ in range(4):
    place = libc.mmap(None, 1 << 24, READ_WRITE, SHARED_ANONYMOUS_NOW, -1, 0)
    if place == ctypes.c_void_p(-1).value:
        raise RuntimeError("refused")
    libc.munmap(place + 4096, (1 << 24) - 4096)
raise RuntimeError("64 MB that nobody counts")
