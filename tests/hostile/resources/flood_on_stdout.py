"""Prints fifty megabytes.

verdict: not fixed
"""

import sys

for _ in range(50):
    print("x" * (1 << 20))
    print("x" * (1 << 20), file=sys.stderr)
