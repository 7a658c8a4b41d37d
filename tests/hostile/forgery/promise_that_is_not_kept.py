"""Announces a long message, and sends nothing of it.

verdict: not fixed
because: did not answer
"""

import os
import time

for descriptor in range(64):
    try:
        os.write(descriptor, b"\0\0\0\1")
    except OSError:
        pass
time.sleep(20)
