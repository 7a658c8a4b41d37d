"""Opens a socket by which every packet of the machine could be read.

verdict: not fixed
stopped by: seccomp, capabilities
success: a raw socket
as: root
"""

import socket

try:
    socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
except OSError:
    pass
else:
    raise RuntimeError("a raw socket")
