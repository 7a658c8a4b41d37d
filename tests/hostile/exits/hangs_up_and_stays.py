"""Hangs up, and goes on living.

verdict: not fixed
"""

import os
import time

os.closerange(0, 64)
time.sleep(20)
