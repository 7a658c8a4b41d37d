"""Has the kernel copy the memory of another process.

verdict: not fixed
stopped by: seccomp, landlock, namespaces, capabilities
success: loot of the victim
"""

import ctypes
import struct

try:
    with open("/proc/@VICTIM@/maps") as maps:
        (stack,) = (line.split()[0] for line in maps if "[stack]" in line)
    begin, end = (int(address, 16) for address in stack.split("-"))
    room = ctypes.create_string_buffer(end - begin)
    here, there = struct.pack("=QQ", ctypes.addressof(room), len(room)), struct.pack("=QQ", begin, len(room))
    ctypes.CDLL(None).process_vm_readv(int("@VICTIM@"), here, 1, there, 1, 0)
    if b"loot of the victim" in room.raw:
        raise RuntimeError("loot of the victim")
except OSError:
    pass
