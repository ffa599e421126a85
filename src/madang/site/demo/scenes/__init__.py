"""The example year as scenes: dated steps, each played once by the operations themselves.

for scene in all_scenes(): scene.at, scene.name, scene.run(scene.at)
"""

from __future__ import annotations

from madang.site.demo.scenes import (
    agendas,
    city_bodies,
    districts,
    forums,
    meetings,
    open_forum,
    opening,
    plan,
    proposals,
    sharing,
    small_plans,
    small_votes,
    stages,
    survey,
    vote,
)
from madang.site.demo.scenes.scene import Scene

CHAPTERS = (
    opening,
    districts,
    stages,
    survey,
    forums,
    open_forum,
    proposals,
    meetings,
    agendas,
    vote,
    plan,
    sharing,
    small_votes,
    small_plans,
    city_bodies,
)

__all__ = ["Scene", "all_scenes"]


def all_scenes() -> list[Scene]:
    """Return every scene in the order of the year; at the same instant the earlier chapter comes first."""
    return sorted((scene for chapter in CHAPTERS for scene in chapter.scenes()), key=lambda scene: scene.at)
