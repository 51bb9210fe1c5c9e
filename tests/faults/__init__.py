"""Accidents: commands that are killed, disks that are full, folders that cannot be written."""
