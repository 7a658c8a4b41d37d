"""Asks the C library to abort, which would leave a core file.

verdict: not fixed
because: SIGABRT
"""

import os

os.abort()
