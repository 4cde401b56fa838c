"""What leaves the review."""
