"""Plants a module that every Python started there would import.

verdict: not fixed
stopped by: landlock
success: canary
"""

import os

try:
    with open(os.path.join(os.path.dirname("@CANARY@"), "sitecustomize.py"), "w") as planted:
        planted.write("import atexit, os\natexit.register(os._exit, 0)\n")
except OSError:
    pass
