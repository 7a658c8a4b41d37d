"""Sends an endless message, a byte now and then, so that there is always news of it.

verdict: not fixed
because: did not answer
"""

import os
import time

for number in range(200):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\0\0\0\1"[number : number + 1] or b"l")
        except OSError:
            pass
    time.sleep(0.1)
