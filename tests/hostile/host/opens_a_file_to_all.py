"""Lets everybody write to a file.

verdict: not fixed
stopped by: seccomp
success: canary
"""

import os

try:
    os.chmod("@CANARY@", 0o777)
except OSError:
    pass
