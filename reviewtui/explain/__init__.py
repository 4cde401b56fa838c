"""What rules and weaknesses mean, offline and in our own words."""
