"""Makes a folder by a system call of the ABI with short pointers.

verdict: not fixed
"""

import ctypes
import platform

SHORT, MKDIR = 0x40000000, 83
if platform.machine() == "x86_64":
    ctypes.CDLL(None).syscall(SHORT + MKDIR, b"@CANARY@.d", 0o777)
