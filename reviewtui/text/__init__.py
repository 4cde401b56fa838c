"""From hostile bytes to text that can be drawn."""
