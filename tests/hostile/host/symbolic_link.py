"""Leaves a link that leads out of the folder.

verdict: not fixed
stopped by: seccomp, landlock
success: canary
"""

import os

try:
    os.symlink("/etc/passwd", "@CANARY@.link")
except OSError:
    pass
