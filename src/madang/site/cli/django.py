"""madang django …: Django's own commands with the site's settings, on the running demo when no database is named."""

from __future__ import annotations

from madang.site.cli.migrate import use_running_demo


def main(arguments: list[str]) -> int:
    """Hands over to Django."""
    use_running_demo()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["madang django", *arguments])
    return 0
