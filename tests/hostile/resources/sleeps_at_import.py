"""Sleeps, which costs no CPU time.

verdict: not fixed
because: did not answer
"""

import time

time.sleep(100)
