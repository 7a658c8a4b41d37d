"""Opens a door for others: a socket with a file.

verdict: not fixed
stopped by: seccomp, landlock
success: canary
"""

import socket

try:
    socket.socket(socket.AF_UNIX).bind("@CANARY@.door")
except OSError:
    pass
