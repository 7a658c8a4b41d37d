"""Gives a file to another user, as root may.

verdict: not fixed
stopped by: seccomp, capabilities, namespaces
success: canary
as: root
"""

import os

try:
    os.chown("@CANARY@", 65534, 65534)
except OSError:
    pass
