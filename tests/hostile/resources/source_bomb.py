"""Is itself an expression that is a hundred thousand operators deep.

verdict: not fixed
"""

bomb = 1 @ DEEP @ +1
