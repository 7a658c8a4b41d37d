"""Stops the clocks by which a limit of time might be kept, and then takes its time.

verdict: not fixed
"""

import time

pause = time.sleep
for clock in ("time", "monotonic", "perf_counter", "process_time", "time_ns", "monotonic_ns", "sleep"):
    setattr(time, clock, lambda *_: 0.0)
pause(0.01)
