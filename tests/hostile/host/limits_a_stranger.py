"""Forbids another process to open files.

verdict: not fixed
stopped by: seccomp
success: victim
"""

import resource

try:
    resource.prlimit(int("@VICTIM@"), resource.RLIMIT_NOFILE, (3, 3))
except OSError:
    pass
