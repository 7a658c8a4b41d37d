"""Names objects of the test's process that it was never given.

verdict: not fixed
because: there is no such object
"""

import os
import struct

handle = b"Hs\4\0\0\0testi" + struct.pack("<q", id(None))
message = b"t\3\0\0\0s\5\0\0\0value" + handle + b"t\0\0\0\0"
for descriptor in range(64):
    try:
        os.write(descriptor, struct.pack("<I", len(message)) + message)
    except OSError:
        pass
