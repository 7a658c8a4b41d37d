"""Puts a file that is always empty in the place of every descriptor.

verdict: not fixed
because: its process
"""

import os

null = os.open(os.devnull, os.O_RDONLY)
for descriptor in range(32):
    os.dup2(null, descriptor)
