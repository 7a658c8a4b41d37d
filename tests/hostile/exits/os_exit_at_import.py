"""Ends the process with a good exit code while it is imported.

verdict: not fixed
because: exited with status 0
stopped by: wire
success: fixed
"""

import os

os._exit(0)
