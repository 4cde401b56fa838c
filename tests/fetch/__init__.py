"""The network, as far as this very machine."""
