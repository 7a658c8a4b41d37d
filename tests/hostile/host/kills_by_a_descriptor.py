"""Kills a process by a descriptor of it, not by its number.

verdict: not fixed
stopped by: seccomp, landlock
success: victim
"""

import os
import signal

try:
    signal.pidfd_send_signal(os.pidfd_open(int("@VICTIM@")), signal.SIGKILL)
except OSError:
    pass
