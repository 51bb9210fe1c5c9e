"""``python -m experts COMMAND``: the same as ``python3 tasks.py``, without installing anything."""

import sys

from .cli import main

sys.exit(main(sys.argv[1:]))
