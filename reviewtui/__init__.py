"""A keyboard-driven terminal program for manual security code review."""

__version__ = "0.1.0"
