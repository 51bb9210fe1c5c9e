"""Forgetting somebody: their files, and what refers to them."""
