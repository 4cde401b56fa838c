"""Tests of the git door: open, list, read, commit."""
