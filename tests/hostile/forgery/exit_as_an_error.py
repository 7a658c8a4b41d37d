"""Answers with an error that would end the process of the tests.

verdict: not fixed
because: this is no error
"""

import os
import struct


def text(value):
    return b"s" + struct.pack("<I", len(value)) + value


home = b"t\2\0\0\0" + text(b"builtins") + text(b"SystemExit")
message = b"t\4\0\0\0" + text(b"error") + home + b"t\1\0\0\0F" + b"t\0\0\0\0"
for descriptor in range(64):
    try:
        os.write(descriptor, struct.pack("<I", len(message)) + message)
    except OSError:
        pass
