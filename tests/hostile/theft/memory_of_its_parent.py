"""Reads the memory of the process that it comes from, which lets nobody but root do so.

verdict: not fixed
stopped by: landlock, namespaces, capabilities
success: memory of the parent
as: root
"""

import os

parent = f"/proc/{os.getppid()}"
try:
    with open(f"{parent}/maps") as maps, open(f"{parent}/mem", "rb") as memory:
        memory.seek(int(next(line for line in maps if "[heap]" in line).split("-")[0], 16))
        memory.read(64)
        raise RuntimeError("memory of the parent")
except OSError:
    pass
