"""What leaves the review: one module a format."""
