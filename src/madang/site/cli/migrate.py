"""madang migrate: brings the database to this version, as the role that owns its tables."""

from __future__ import annotations

import json
import os
import sys

from madang.site.serving.folders import data_folder


def main(arguments: list[str]) -> int:
    """Runs Django's migrate with DATABASE_OWNER_URL; further arguments are passed on to it."""
    use_running_demo()
    owner = os.environ.get("DATABASE_OWNER_URL")
    if not owner:
        print(
            "madang: DATABASE_OWNER_URL is not set: the address of the database for the role that owns its tables.",
            file=sys.stderr,
        )
        return 2
    os.environ["DATABASE_URL"] = owner
    from django.core.management import execute_from_command_line

    execute_from_command_line(["madang", "migrate", "--no-input", *arguments])
    return 0


def use_running_demo() -> None:
    """Takes over what a running demo's processes were told, where the environment names no database."""
    note = data_folder() / "demo.json"
    if "DATABASE_URL" not in os.environ and note.is_file():
        os.environ.update(json.loads(note.read_text()))
