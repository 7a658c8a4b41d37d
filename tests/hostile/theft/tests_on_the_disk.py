"""Reads the tests, with all that they expect, where they lie for pytest.

verdict: not fixed
"""

import glob
import os

for path in glob.glob(os.environ.get("TMPDIR", "/tmp") + "/bug*-*/*/test_mse_rmse.py"):
    with open(path) as tests:
        if "approx" in tests.read():
            raise RuntimeError("stolen tests")
