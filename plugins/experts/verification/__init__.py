"""Proof that a person is real: whether the profiles that they name elsewhere lead back to their page here."""
