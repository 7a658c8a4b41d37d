"""Waits for a lock that it holds already.

verdict: not fixed
because: did not answer
"""

import threading

lock = threading.Lock()
lock.acquire()
lock.acquire()
