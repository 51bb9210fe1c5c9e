"""Leaving the repository without a trace: what names somebody, and the files without it."""
