"""Computes for ever while it is imported.

verdict: not fixed
because: CPU time
"""

while True:
    pass
