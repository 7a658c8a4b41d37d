"""A submission in a locked-down process of its own, a fresh one for every test: for programs of other people.

A launcher starts the server; the server forks a worker for each test; the worker loads the submission and answers the
calls of the proxy, which is in the process of the tests.
"""
