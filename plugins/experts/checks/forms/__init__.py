"""The forms in which findings are written: one module for each, with ``written(report, place) -> str``."""
