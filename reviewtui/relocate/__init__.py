"""Where a recorded place is in the code as it is now: pure, better lost than wrong."""
