"""Hides something in the kernel's ring of keys.

verdict: not fixed
stopped by: seccomp
success: a key in the kernel
"""

import ctypes
import platform

ADD_KEY, PROCESS_RING = {"x86_64": 248, "aarch64": 217}.get(platform.machine(), 0), -2
if ADD_KEY and ctypes.CDLL(None).syscall(ADD_KEY, b"user", b"bf", b"loot", 4, PROCESS_RING) >= 0:
    raise RuntimeError("a key in the kernel")
