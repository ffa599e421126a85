"""Drawings of the shell as plain numbers; templates turn them into SVG beside a real table."""
