"""Becomes the root of a namespace of its own.

verdict: not fixed
stopped by: seccomp, namespaces
success: root of a new world
"""

import ctypes

NEW_USER = 0x10000000
if ctypes.CDLL(None).unshare(NEW_USER) == 0:
    raise RuntimeError("root of a new world")
