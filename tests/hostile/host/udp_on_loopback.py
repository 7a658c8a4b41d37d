"""Sends a datagram to the same machine, for which no connection is needed.

verdict: not fixed
stopped by: seccomp, namespaces
success: knock
"""

import socket

try:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"hello", ("127.0.0.1", int("@PORT@")))
except OSError:
    pass
