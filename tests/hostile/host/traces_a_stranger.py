"""Becomes the debugger of another process, which is to die with it.

verdict: not fixed
stopped by: seccomp, landlock, namespaces, capabilities
success: victim
"""

import ctypes

SEIZE, EXIT_KILL = 0x4206, 0x100000
ctypes.CDLL(None).ptrace(SEIZE, int("@VICTIM@"), 0, EXIT_KILL)
