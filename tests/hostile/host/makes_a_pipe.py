"""Makes a pipe with a name, which hangs whoever opens it.

verdict: not fixed
stopped by: seccomp, landlock
success: canary
"""

import os

try:
    os.mkfifo("@CANARY@.pipe")
except OSError:
    pass
