"""What a review is: frozen values and pure transitions, nothing but the standard library."""
