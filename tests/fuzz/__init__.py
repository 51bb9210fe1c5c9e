"""Anything as input: whatever bytes somebody proposes, the answer is a record or problems, never another exception."""
