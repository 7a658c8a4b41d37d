"""Sets up a ring in memory by which system calls are made that no filter sees.

verdict: not fixed
stopped by: seccomp
success: a ring of its own
"""

import ctypes

IO_URING_SETUP = 425
if ctypes.CDLL(None).syscall(IO_URING_SETUP, 4, ctypes.create_string_buffer(120)) >= 0:
    raise RuntimeError("a ring of its own")
