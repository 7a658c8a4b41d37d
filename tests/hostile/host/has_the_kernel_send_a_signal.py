"""Has the kernel tell another process of news in a pipe, by a signal that ends it.

verdict: not fixed
stopped by: seccomp, landlock
success: victim
"""

import fcntl
import os

try:
    reading, writing = os.pipe()
    fcntl.fcntl(reading, fcntl.F_SETOWN, int("@VICTIM@"))
    fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC)
    os.write(writing, b"news")
except OSError:
    pass
