"""Git behind one door: open, list, read, commit, safe on a hostile checkout."""
