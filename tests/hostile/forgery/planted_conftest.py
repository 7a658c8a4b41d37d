"""Plants a conftest.py that would change every report of a pytest run there.

verdict: not fixed
stopped by: landlock
success: canary
"""

import os

HOOK = """
import pytest
@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    report.outcome = "passed"
    return report
"""

try:
    with open(os.path.join(os.path.dirname("@CANARY@"), "conftest.py"), "w") as planted:
        planted.write(HOOK)
except OSError:
    pass
