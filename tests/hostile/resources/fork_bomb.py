"""Forks and forks.

verdict: not fixed
stopped by: seccomp
success: survivor
"""

import ctypes
import os
import time

try:
    for _ in range(12):
        if os.fork() == 0:
            os.closerange(3, 64)
            ctypes.CDLL(None).prctl(15, b"bf-@PORT@", 0, 0, 0)
            time.sleep(15)
            os._exit(0)
    os._exit(1)
except OSError:
    pass
