"""The command line: finds the command's module and hands over to it, importing nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple, cast


class Command(NamedTuple):
    """One command: the module whose main(arguments) runs it, and its line in the overview."""

    module: str
    summary: str


COMMANDS = {
    "check": Command("madang.site.cli.check", "check a plan against the rulebook (works without the site)"),
    "recount": Command("madang.site.cli.recount", "count a published ballot archive again (works without the site)"),
    "count": Command("madang.site.cli.count", "count an election in the Pabulib format (works without the site)"),
    "similar": Command("madang.site.cli.similar", "find proposals that want the same (works without the site)"),
    "demo": Command("madang.site.cli.demo", "a city with an example year, on this machine"),
    "serve": Command("madang.site.cli.serve", "the production processes, set up by environment variables"),
    "migrate": Command("madang.site.cli.migrate", "bring the database to this version, as its owner"),
    "front": Command("madang.site.cli.front", "fetch the fonts that pages and papers use"),
    "messages": Command("madang.site.cli.messages", "add a room's new Korean texts to its English catalogue"),
    "rulebook-docs": Command("madang.site.cli.rulebook_docs", "write docs/rulebook.md from the policy data"),
    "django": Command("madang.site.cli.django", "Django's own commands, with these settings"),
}


def overview() -> str:
    """What `madang --help` prints."""
    lines = [f"  {name:<14} {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(["usage: madang COMMAND …", "", *lines, "", "madang COMMAND --help tells more."])


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status; 2 for a command that does not exist."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] in {"-h", "--help", "help"}:
        print(overview())
        return 0
    command = COMMANDS.get(given[0])
    if command is None:
        print(f"madang: there is no command '{given[0]}'.\n\n{overview()}", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.site.settings")
    run = cast(Callable[[list[str]], int | None], import_module(command.module).main)
    return run(given[1:]) or 0


if __name__ == "__main__":
    sys.exit(main())
