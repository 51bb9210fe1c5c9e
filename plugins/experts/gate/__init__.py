"""Whether a change may merge by itself."""
