"""Has another process run on one processor alone.

verdict: not fixed
stopped by: seccomp, capabilities
success: victim
"""

import os

try:
    os.sched_setaffinity(int("@VICTIM@"), {min(os.sched_getaffinity(0))})
except OSError:
    pass
