from __future__ import annotations

from collections.abc import Mapping


def groups_to_show(ballots: Mapping[str, int], *, least: int = 20) -> frozenset[str]:
    """Return the groups whose choices may be shown beside the total without showing those of fewer than ``least``.

    A group under ``least`` ballots stays hidden. Because the total less the shown groups gives the hidden ones
    together, the smallest shown groups are hidden too until those together have ``least`` ballots, or all are hidden.
    """
    voted = {group: number for group, number in ballots.items() if number}
    hidden = {group for group, number in voted.items() if number < least}
    for group in sorted(voted, key=lambda name: (voted[name], name)):
        if not hidden or sum(voted[name] for name in hidden) >= least:
            break
        hidden.add(group)
    return frozenset(voted) - hidden
