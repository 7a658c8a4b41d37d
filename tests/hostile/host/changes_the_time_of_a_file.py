"""Has a file look as if it were of another time.

verdict: not fixed
stopped by: seccomp
success: canary
"""

import os

try:
    os.utime("@CANARY@", (0, 0))
except OSError:
    pass
