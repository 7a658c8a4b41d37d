"""Calls between a test and a module in a process that is not trusted: values as bytes, over a connection."""
