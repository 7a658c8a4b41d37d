"""Sends a value of a kind that nobody knows, and whose name takes thirty million letters.

verdict: not fixed
"""

import os
import struct

name = b"Unknowable!" * 3_000_000
message = b"rs" + struct.pack("<I", len(name)) + name + b"t\0\0\0\0"
for descriptor in range(3, 64):
    try:
        data = memoryview(struct.pack("<I", len(message)) + message)
        while data:
            data = data[os.write(descriptor, data) :]
    except OSError:
        pass
