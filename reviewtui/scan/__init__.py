"""Everything that yields hits and candidates, and lays them over the lines."""
