"""Colours of paper, the same in every format (look: section Paper)."""

INK = "1A1A1A"
DIM = "444444"
LINE = "C9C4BA"
EDGE = "777777"
SUNK = "F3F0E9"
PINE = "1D5B4A"
THREAD = "5F9A84"
HEADING_POINTS = (12.5, 11.0, 10.5, 10.0)
