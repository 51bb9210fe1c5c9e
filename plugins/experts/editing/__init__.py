"""Files of people made, formatted and imported."""
