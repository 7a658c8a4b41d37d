"""Empties a file without opening it.

verdict: not fixed
stopped by: seccomp, landlock
success: canary
"""

import os

try:
    os.truncate("@CANARY@", 0)
except OSError:
    pass
