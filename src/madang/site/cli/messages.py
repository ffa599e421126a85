"""madang messages ROOM …: adds new Korean texts to the rooms' English catalogues."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from madang.site.serving import messages


def main(arguments: list[str]) -> int:
    """Adds each named room's missing texts; 2 when a folder does not exist."""
    parser = argparse.ArgumentParser(prog="madang messages", description=__doc__)
    parser.add_argument("room", nargs="*", type=Path, help="folder of a room (without one: all that have a catalogue)")
    rooms = parser.parse_args(arguments).room or messages.rooms()
    for room in rooms:
        if not room.is_dir():
            print(f"madang messages: {room} is not a folder.", file=sys.stderr)
            return 2
        added, empty = messages.add_missing(room.resolve())
        print(f"{room}: {added} added, {empty} without English")
    messages.compile_catalogues()
    return 0
