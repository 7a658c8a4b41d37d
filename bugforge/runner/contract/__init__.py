"""Contracts in trusted processes: a server forks a host for each contract, the host a child for each request."""
