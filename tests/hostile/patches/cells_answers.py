"""Changes the functions of its own process that answer for it.

verdict: not fixed
"""

import sys

frame = sys._getframe()
while frame:
    cell = frame.f_locals.get("self")
    if hasattr(cell, "talk"):
        cell.talk.answer = lambda message: ("value", 0.375, ())
    frame = frame.f_back
