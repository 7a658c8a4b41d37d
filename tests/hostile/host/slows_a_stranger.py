"""Gives another process the lowest priority.

verdict: not fixed
stopped by: seccomp, capabilities
success: victim
"""

import os

try:
    os.setpriority(os.PRIO_PROCESS, int("@VICTIM@"), 19)
except OSError:
    pass
