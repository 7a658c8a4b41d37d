"""Matches a pattern that backtracks without end.

verdict: not fixed
because: CPU time
"""

import re

re.match(r"(x+x+)+y", "x" * 60)
