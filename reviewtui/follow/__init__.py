"""Following code: definitions, references and callers, told by reading alone; nothing of what is read is ever run."""
