"""Builds the wheel into dist/, with the fonts and the compiled catalogues inside: what `./run build` runs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from madang.site.serving import front, messages
from madang.site.serving.folders import CHECKOUT

EXPECTED = ("site/front/fonts.css", "site/front/pdf-fonts/NotoSansKR-Regular.ttf", "LC_MESSAGES/django.mo", "roles.sql")


class UnableToBuildWheel(Exception):
    """The wheel cannot be built; the text says in one line why."""


def build() -> Path:
    """Builds the wheel and returns its path. Raises UnableToBuildWheel and UnableToBuildFront."""
    front.build()
    messages.compile_catalogues()
    target = CHECKOUT / "dist"
    for old in target.glob("madang-*.whl"):
        old.unlink()
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-cache-dir",
               "--disable-pip-version-check", "--quiet", "--wheel-dir", str(target), str(CHECKOUT)]  # fmt: skip
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    made = sorted(target.glob("madang-*.whl"))
    if done.returncode or not made:
        words = [line.strip() for line in done.stderr.splitlines() if "Error" in line] or [f"pip: {done.returncode}"]
        raise UnableToBuildWheel(f"the wheel could not be built: {words[-1]}")
    names = zipfile.ZipFile(made[0]).namelist()
    missing = [part for part in EXPECTED if not any(name.endswith(part) for name in names)]
    if missing:
        raise UnableToBuildWheel(f"the wheel lacks {', '.join(missing)}.")
    return made[0]


def main() -> int:
    try:
        made = build()
    except (UnableToBuildWheel, front.UnableToBuildFront) as problem:
        print(f"madang: {problem}", file=sys.stderr)
        return 1
    print(f"{made.relative_to(CHECKOUT)} ({made.stat().st_size / 1e6:.0f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
