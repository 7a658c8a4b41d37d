"""Kills a process that is none of its own.

verdict: not fixed
stopped by: seccomp, landlock
success: victim
"""

import os
import signal

try:
    os.kill(int("@VICTIM@"), signal.SIGKILL)
except OSError:
    pass
