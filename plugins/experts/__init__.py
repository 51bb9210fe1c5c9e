"""The core: from Markdown profiles to a plan of outputs, made on all cores and only where something changed.

As a Pelican plugin, it runs the build inside of Pelican.
"""


def register() -> None:
    """Called by Pelican; Pelican is imported only here, since it takes a third of a second."""
    from . import pelican_adapter

    pelican_adapter.register()
