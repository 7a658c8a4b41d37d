"""Imports a library that its problem does not allow, though it is installed for others and the allowed one is its base.

allowed: numpy
verdict: not fixed
because: the program cannot be imported
stopped by: landlock
success: the library beside the allowed one
"""

from importlib import import_module

import_module("pan" + "das")
raise RuntimeError("the library beside the allowed one")
