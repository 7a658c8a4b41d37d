"""Reads the memory of another process as a file.

verdict: not fixed
stopped by: landlock, namespaces, capabilities
success: loot of the victim
"""

try:
    with open("/proc/@VICTIM@/maps") as maps, open("/proc/@VICTIM@/mem", "rb") as memory:
        (stack,) = (line.split()[0] for line in maps if "[stack]" in line)
        begin, end = (int(address, 16) for address in stack.split("-"))
        memory.seek(begin)
        if b"loot of the victim" in memory.read(end - begin):
            raise RuntimeError("loot of the victim")
except OSError:
    pass
