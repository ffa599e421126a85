"""Madang: a city and its districts decide together and account for it."""
