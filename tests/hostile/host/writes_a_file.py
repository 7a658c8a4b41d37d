"""Overwrites a file.

verdict: not fixed
stopped by: landlock
success: canary
"""

try:
    with open("@CANARY@", "w") as canary:
        canary.write("gone")
except OSError:
    pass
