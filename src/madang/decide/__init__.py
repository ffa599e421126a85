"""Residents decide what matters."""
