"""QR codes as geometry for an SVG: no picture file, no style."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 2


@dataclass(frozen=True)
class QrCode:
    """The dark modules as one path in a square of ``size`` modules, the quiet zone included."""

    path: str
    size: int


def qr_code(text: str) -> QrCode:
    """Return the QR code of a text, with a quarter of it restorable when it is dirty or folded."""
    matrix = segno.make(text, error="q", micro=False).matrix
    strokes = []
    for row, modules in enumerate(matrix):
        start = None
        for column, dark in enumerate([*modules, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                strokes.append(f"M{start + QUIET} {row + QUIET}h{column - start}v1h-{column - start}z")
                start = None
    return QrCode("".join(strokes), len(matrix) + 2 * QUIET)
