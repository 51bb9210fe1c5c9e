"""A small forge on this machine, and machines that run what our workflows say."""
