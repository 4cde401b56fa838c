"""The source view: lines, gutter and marks of one file."""
