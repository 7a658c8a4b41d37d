"""Has its tests skipped before they are collected.

verdict: not fixed
"""

import sys

pytest = sys.modules.get("pytest")
if pytest:
    pytest.skip("not on this machine", allow_module_level=True)
