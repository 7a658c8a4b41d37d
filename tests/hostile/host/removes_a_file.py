"""Removes a file.

verdict: not fixed
stopped by: seccomp, landlock
success: canary
"""

import os

try:
    os.unlink("@CANARY@")
except OSError:
    pass
