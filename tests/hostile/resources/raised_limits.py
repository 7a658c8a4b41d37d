"""Raises its own limits again, as root may.

verdict: not fixed
"""

import resource

try:
    for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE):
        resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
except (OSError, ValueError):
    pass
else:
    raise RuntimeError("no limit any more")
