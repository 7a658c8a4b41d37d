"""Writes noise to every descriptor.

verdict: not fixed
"""

import os

for descriptor in range(64):
    try:
        os.write(descriptor, os.urandom(5000))
    except OSError:
        pass
