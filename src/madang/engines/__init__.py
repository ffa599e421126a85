"""Decide without a database: pure Python, no Django, no clock, no randomness that is not passed in."""
