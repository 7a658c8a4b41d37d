"""Counts in a file how often it is asked, to know the test by its number.

verdict: not fixed
stopped by: landlock
success: canary
"""

try:
    with open("@CANARY@.count", "a+") as counter:
        counter.write("one more\n")
        counter.seek(0)
        NUMBER = len(counter.readlines())
except OSError:
    NUMBER = 0
