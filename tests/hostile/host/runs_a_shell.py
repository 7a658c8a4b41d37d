"""Starts a shell.

verdict: not fixed
stopped by: seccomp, landlock
success: canary
"""

import subprocess

try:
    subprocess.run(["/bin/sh", "-c", "echo gone > @CANARY@"], check=False)
except OSError:
    pass
