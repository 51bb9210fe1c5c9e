"""Labels and help of fields and of their options, as all forms of the project say them."""

from __future__ import annotations


def said(kind: str, lang: str, path: str) -> tuple[str, str]:
    """Label and help of a field; with a dot at the end, of one of its entries."""
    return path.rstrip(".").rpartition(".")[2], ""


def option(lang: str, name: str, value: str) -> str:
    """The label of an option."""
    return value
