"""Makes a file without a name, and gives it one.

verdict: not fixed
stopped by: seccomp, landlock
success: canary
"""

import ctypes
import os

HERE, FOLLOW = -100, 0x400
try:
    made = os.open(os.path.dirname("@CANARY@"), os.O_TMPFILE | os.O_RDWR)
    os.write(made, b"hello")
    ctypes.CDLL(None).linkat(HERE, f"/proc/self/fd/{made}".encode(), HERE, b"@CANARY@.made", FOLLOW)
except OSError:
    pass
