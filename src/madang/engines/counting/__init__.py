"""From ballots to a result: exact integers, ties reported, groups too small to show named.

Pure: no database, no clock, no randomness. Ballots may come in any order and give the same result.
"""

from madang.engines.counting.approval import Count, Standing, TieRule, UnableToCount, check_ballot, count_approval
from madang.engines.counting.groups import groups_to_show

__all__ = [
    "Count",
    "Standing",
    "TieRule",
    "UnableToCount",
    "check_ballot",
    "count_approval",
    "groups_to_show",
]
