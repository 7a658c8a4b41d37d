"""Opens file after file and closes none.

verdict: not fixed
stopped by: rlimits
success: two hundred files
"""

import os

try:
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(200)]
except OSError:
    pass
else:
    raise RuntimeError("two hundred files")
