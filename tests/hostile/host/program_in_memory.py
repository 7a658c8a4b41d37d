"""Runs a program that is in memory alone, where no rule about files applies.

verdict: not fixed
stopped by: seccomp, landlock
success: canary
"""

import os

try:
    script = os.memfd_create("script", flags=0)
    os.write(script, b"#!/bin/sh\necho gone > @CANARY@\n")
    os.execve(f"/proc/self/fd/{script}", ["script"], {})
except OSError:
    pass
