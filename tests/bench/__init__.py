"""Measurements, each against a peer or a baseline in the same run; they print tables and fail on nothing."""
