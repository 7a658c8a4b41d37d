"""Gives a file another name.

verdict: not fixed
stopped by: seccomp, landlock
success: canary
"""

import os

try:
    os.rename("@CANARY@", "@CANARY@.old")
except OSError:
    pass
