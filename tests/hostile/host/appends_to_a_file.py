"""Adds a line to a file, without truncating it.

verdict: not fixed
stopped by: landlock
success: canary
"""

import os

try:
    os.write(os.open("@CANARY@", os.O_WRONLY | os.O_APPEND), b"and gone")
except OSError:
    pass
