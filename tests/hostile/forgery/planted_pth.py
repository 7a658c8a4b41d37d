"""Plants a .pth file, a line of which Python would run whenever it starts.

verdict: not fixed
stopped by: landlock
success: canary
"""

import os

try:
    with open(os.path.join(os.path.dirname("@CANARY@"), "zzz.pth"), "w") as planted:
        planted.write("import atexit, os; atexit.register(os._exit, 0)\n")
except OSError:
    pass
