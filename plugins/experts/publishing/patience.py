"""Patience: a step over the network is tried again, later each time, before it counts as failed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

PAUSES = (1.0, 3.0, 9.0)  # seconds

Result = TypeVar("Result")


def patiently(step: Callable[[], Result], passing: Callable[[Exception], bool]) -> Result:
    """What `step` returns; it is tried again after each pause as long as it fails with what is `passing`."""
    for pause in PAUSES:
        try:
            return step()
        except Exception as error:
            if not passing(error):
                raise
        time.sleep(pause)
    return step()
