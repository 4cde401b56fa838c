"""The one door to Bandit: the bytes of one file in, exactly the hits of its command line out."""
