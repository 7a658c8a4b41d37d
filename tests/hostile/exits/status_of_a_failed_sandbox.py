"""Exits with the status by which a process says that it could not lock itself down.

verdict: not fixed
"""

import os

os._exit(71)
