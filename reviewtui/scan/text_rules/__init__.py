"""Hits of our own: text that is not what it looks like, in files of any language and in their names."""
