"""TOML in and out: the findings file and the checklists."""
