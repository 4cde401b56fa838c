"""Searching in every file of the repository: what is wanted, where, and the processes that look."""
