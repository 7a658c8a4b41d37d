"""Tells a server on the same machine what it sees.

verdict: not fixed
stopped by: seccomp, namespaces, landlock
success: knock
"""

import socket

try:
    socket.create_connection(("127.0.0.1", int("@PORT@")), timeout=1).sendall(b"hello")
except OSError:
    pass
