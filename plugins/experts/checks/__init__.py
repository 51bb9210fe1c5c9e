"""What is said of profiles and content: problems, hints, how complete a profile is, and in which form."""
