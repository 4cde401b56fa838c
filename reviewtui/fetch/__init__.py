"""The network: what is fetched when the user asks for it, and nothing otherwise."""
