"""Forks without Python's knowledge.

verdict: not fixed
stopped by: seccomp
success: survivor
"""

import ctypes
import os
import time

libc = ctypes.CDLL(None)
if libc.fork() == 0:
    os.closerange(3, 64)
    libc.prctl(15, b"bf-@PORT@", 0, 0, 0)
    time.sleep(15)
    os._exit(0)
