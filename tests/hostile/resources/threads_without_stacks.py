"""Starts threads by the bare system call, on its own stack: no limit of memory counts them.

on: x86_64
verdict: not fixed
because: more than 256 threads
"""

import ctypes
import time

CODE = bytes.fromhex(
    "415441554989fc4d31ed"  # keep how many are wanted, count from 0
    "b838000000bf000f050031f631d24d31d24d31c00f05"  # clone: all in common, a thread
    "4885c07412780849ffc54d39e572db"  # the child leaves, as does the parent on an error or at the end
    "4c89e8415d415cc3"  # how many it was
    "b8220000000f05ebf7"  # the child: pause, for ever
)
PRIVATE_ANONYMOUS, ALL = 0x22, 7
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *3 * [ctypes.c_int], ctypes.c_long]
place = libc.mmap(None, 4096, ALL, PRIVATE_ANONYMOUS, -1, 0)
ctypes.memmove(place, CODE, len(CODE))
started = ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_long)(place)(4000)
time.sleep(10)
raise RuntimeError(f"{started} threads")
