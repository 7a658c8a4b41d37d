"""Has its own process become a shell.

verdict: not fixed
stopped by: seccomp, landlock
success: canary
"""

import os

try:
    os.execv("/bin/sh", ["sh", "-c", "echo gone > @CANARY@"])
except OSError:
    pass
