"""Kills the process group that it was started in, and with it the process that started it.

verdict: not fixed
stopped by: seccomp, landlock, session
success: could not grade
"""

import os
import signal

if os.getpgrp() != os.getpid():
    try:
        os.killpg(0, signal.SIGKILL)
    except OSError:
        pass
