"""The plan of the house, proved."""
