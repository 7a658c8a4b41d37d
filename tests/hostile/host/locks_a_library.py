"""Locks a file of the standard library against everybody else who would lock it.

verdict: not fixed
stopped by: seccomp
success: a locked library
"""

import fcntl
import os

try:
    with open(os.__file__) as library:
        fcntl.flock(library, fcntl.LOCK_EX | fcntl.LOCK_NB)
        raise RuntimeError("a locked library")
except OSError:
    pass
