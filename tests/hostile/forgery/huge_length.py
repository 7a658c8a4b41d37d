"""Announces a message that is longer than any memory.

verdict: not fixed
because: a message is too long
"""

import os

for descriptor in range(64):
    try:
        os.write(descriptor, b"\xff\xff\xff\xff")
    except OSError:
        pass
