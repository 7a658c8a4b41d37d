"""Reads from address zero.

verdict: not fixed
because: SIGSEGV
"""

import ctypes

ctypes.string_at(0)
