"""Imports a library that its problem does not allow, and hides its name from whoever reads the imports.

verdict: not fixed
stopped by: landlock
success: a library that is not allowed
"""

from importlib import import_module

try:
    import_module("rich" + ".console")
except (ImportError, OSError):
    pass
else:
    raise RuntimeError("a library that is not allowed")
