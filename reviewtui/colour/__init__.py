"""Whole files lexed in a process of their own: a lexer that a text holds up cannot hold up the screen."""
