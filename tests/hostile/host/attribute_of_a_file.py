"""Attaches a note to a file.

verdict: not fixed
stopped by: seccomp
success: canary
"""

import os

try:
    os.setxattr("@CANARY@", "user.note", b"hello")
except OSError:
    pass
