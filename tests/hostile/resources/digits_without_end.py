"""Writes a number of a million digits as text, again and again, in C.

verdict: not fixed
because: CPU time
"""

import sys

sys.set_int_max_str_digits(0)
number = 7**1_000_000
while True:
    str(number)
