"""Asks the interpreter to exit in good order while it is imported.

verdict: not fixed
because: the module raised SystemExit
"""

import sys

sys.exit(0)
