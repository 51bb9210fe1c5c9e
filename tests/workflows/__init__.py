"""The workflows, linted and run."""
