"""Has objects that do not end when the interpreter does.

verdict: not fixed
"""

import sys


class Undying:
    def __del__(self):
        while True:
            pass


sys.undying = Undying()
