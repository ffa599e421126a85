from pathlib import Path

import pytest

from madang.engines import papers

BUILT = Path(papers.__file__).parents[2] / "site" / "front" / "pdf-fonts"
DEBIAN = Path("/usr/share/fonts/opentype/noto")


@pytest.fixture(scope="session")
def fonts() -> Path:
    """The built PDF fonts, or Debian's fonts-noto-cjk."""
    for folder in (BUILT, DEBIAN):
        if folder.is_dir() and any(folder.iterdir()):
            return folder
    pytest.skip("no Korean fonts: build the front or install fonts-noto-cjk")
