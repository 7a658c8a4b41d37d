"""Starts threads, each with a stack of its own.

verdict: not fixed
stopped by: rlimits
success: two hundred threads
"""

import threading
import time

try:
    for _ in range(200):
        threading.Thread(target=time.sleep, args=(5,), daemon=True).start()
except RuntimeError:
    pass
else:
    raise RuntimeError("two hundred threads")
