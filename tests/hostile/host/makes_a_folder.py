"""Makes a folder.

verdict: not fixed
stopped by: seccomp, landlock
success: canary
"""

import os

try:
    os.mkdir("@CANARY@.d")
except OSError:
    pass
