"""The gate, with real Git repositories."""
