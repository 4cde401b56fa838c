"""The explanations of Bandit's rules, by family."""
