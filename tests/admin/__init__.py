"""The web editor: its configuration, its local back end, and the whole of it in a real browser."""
