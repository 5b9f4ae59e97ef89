"""Verbs: each holds its permission, its guard, its transaction and its event."""
