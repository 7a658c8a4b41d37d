"""Takes back that it is to die with its parent.

verdict: not fixed
stopped by: seccomp
success: a life of its own
"""

import ctypes

DEATH_SIGNAL = 1
if ctypes.CDLL(None).prctl(DEATH_SIGNAL, 0, 0, 0, 0) == 0:
    raise RuntimeError("a life of its own")
