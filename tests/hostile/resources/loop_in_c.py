"""Computes a power that has forty million digits, where no signal handler of Python is heard.

verdict: not fixed
because: CPU time
"""

7**7**9
