"""Knocks at a socket that has a name but no file.

verdict: not fixed
stopped by: seccomp, namespaces, landlock
success: knock
"""

import socket

try:
    socket.socket(socket.AF_UNIX).connect("\x00@PORT@")
except OSError:
    pass
