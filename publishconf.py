"""Settings for publishing, over those of pelicanconf.py: absolute addresses, no drafts."""

from pelicanconf import *  # noqa: F403 - Pelican's way of one settings file over another

SITEURL = "https://experten.nordlicht.example"
DRAFTS = False
