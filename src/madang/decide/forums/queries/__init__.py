"""What is read of forums."""

from madang.decide.forums.queries.forums import (
    coming,
    districts_with_open_forum,
    forum_in,
    forums_of,
    people_at,
    total_people,
    waiting_for,
)

__all__ = [
    "coming",
    "districts_with_open_forum",
    "forum_in",
    "forums_of",
    "people_at",
    "total_people",
    "waiting_for",
]
