"""Ignores every signal that can be ignored, the one that tells of the CPU time among them.

verdict: not fixed
stopped by: rlimits
success: did not answer
"""

import signal

for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
    except OSError:
        pass
while True:
    pass
