"""Recurses in C, without Python's count, until the stack overflows.

verdict: not fixed
because: SIGSEGV
"""

import sys


class Matryoshka:
    def __repr__(self):
        return repr([self])


sys.setrecursionlimit(1 << 30)
repr(Matryoshka())
