"""Processes beside the screen: for work that is long, or that a hostile file could make endless."""
