# coding: raw_unicode_escape
"""Hides a line of code in a comment, by the encoding that it says it is written in.

verdict: not fixed
stopped by: wire
success: fixed
"""

# \u000aimport os; os._exit(0)
