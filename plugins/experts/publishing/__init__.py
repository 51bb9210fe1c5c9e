"""The site brought to where people see it."""
