"""Writes fifty megabytes to every descriptor.

verdict: not fixed
"""

import os

for descriptor in range(64):
    try:
        for _ in range(50):
            os.write(descriptor, b"\0" * (1 << 20))
    except OSError:
        pass
