"""Leaves a message for whoever comes later.

verdict: not fixed
stopped by: seccomp
success: a queue of messages
"""

import ctypes

CREATE, REMOVE = 0o1600, 0
libc = ctypes.CDLL(None)
queue = libc.msgget(0xBF, CREATE)
if queue >= 0:
    libc.msgctl(queue, REMOVE, None)
    raise RuntimeError("a queue of messages")
