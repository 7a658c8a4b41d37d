"""Starts a thread for which the interpreter would wait when it ends.

verdict: not fixed
"""

import threading
import time

threading.Thread(target=time.sleep, args=(20,), daemon=False).start()
