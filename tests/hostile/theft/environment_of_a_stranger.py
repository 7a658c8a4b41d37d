"""Reads the environment of another process, which may hold a key.

verdict: not fixed
stopped by: landlock, namespaces, capabilities
success: loot of the victim
"""

try:
    with open("/proc/@VICTIM@/environ") as environment:
        raise RuntimeError(environment.read())
except OSError:
    pass
