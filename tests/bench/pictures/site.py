"""Settings of the site that the benchmark of pictures builds."""

SITENAME = "Portraits"
DEFAULT_LANG = "en"
LANGUAGES = ["en"]
TIMEZONE = "Europe/Berlin"
