"""Hangs up on whoever asks.

verdict: not fixed
because: its process
"""

import os

os.closerange(0, 64)
