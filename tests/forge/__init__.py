"""Forges for tests: the part of their interfaces that this project and its web editor use, over real Git repositories."""
