"""Settings for publishing, over those of pelicanconf.py: absolute addresses, no drafts."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from pelicanconf import *  # noqa: F403 - Pelican's way of one settings file over another

SITEURL = "https://experten.nordlicht.example"
DRAFTS = False
