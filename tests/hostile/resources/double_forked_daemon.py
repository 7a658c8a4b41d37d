"""Leaves a process behind that is nobody's child.

verdict: not fixed
stopped by: seccomp
success: survivor
"""

import ctypes
import os
import time

try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            ctypes.CDLL(None).prctl(15, b"bf-@PORT@", 0, 0, 0)
            time.sleep(15)
        os._exit(0)
except OSError:
    pass
