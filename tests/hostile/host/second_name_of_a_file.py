"""Gives a file a second name.

verdict: not fixed
stopped by: seccomp, landlock
success: canary
"""

import os

try:
    os.link("@CANARY@", "@CANARY@.twin")
except OSError:
    pass
