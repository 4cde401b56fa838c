"""What the command line can do: one module a command, each loaded only when it is wanted."""
