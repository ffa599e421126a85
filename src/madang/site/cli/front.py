"""madang front: fetches the fonts that pages and papers use, when they are not there yet."""

from __future__ import annotations

import argparse
import sys

from madang.site.serving import front


def main(arguments: list[str]) -> int:
    """Builds the front end; 1 when it cannot be had."""
    argparse.ArgumentParser(prog="madang front", description=__doc__).parse_args(arguments)
    try:
        front.build()
    except front.UnableToBuildFront as problem:
        print(f"madang: {problem}", file=sys.stderr)
        return 1
    return 0
