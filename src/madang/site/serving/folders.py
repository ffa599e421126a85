"""Where things are: the checkout (or the installed package) and the folder of everything made while running."""

from __future__ import annotations

import os
from pathlib import Path

SITE = Path(__file__).resolve().parents[1]
CHECKOUT = SITE.parents[2]
FRONT = SITE / "front"


def in_checkout() -> bool:
    """Whether this is the source tree, where fonts and catalogues are built, and not an installed wheel."""
    return (CHECKOUT / "locks" / "front.txt").is_file() and (CHECKOUT / "package-lock.json").is_file()


def data_folder() -> Path:
    """The folder named by MADANG_DATA, else .madang in the checkout or the current folder."""
    named = os.environ.get("MADANG_DATA")
    return Path(named).absolute() if named else (CHECKOUT if in_checkout() else Path.cwd()) / ".madang"
