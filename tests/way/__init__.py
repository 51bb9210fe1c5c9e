"""The whole way of a change."""
