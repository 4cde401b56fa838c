"""The explanations of weaknesses, by family."""
