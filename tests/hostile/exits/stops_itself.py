"""Stops its own process, so that it neither answers nor ends.

verdict: not fixed
because: did not answer
"""

import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
