"""Counts Pabulib files with pabutools. Run only by a Python of its own, never by Madang's: see `counting.py`.

Reads jobs from standard input, one a line: {"file", "rule", "stop", "unit", "raised", "grouped"}. Answers each with
{"winners": […], "seconds": …}, after a first line {"ready": seconds since the start}.
"""

import json
import sys
import time

began = time.perf_counter()

from pabutools.election import (  # noqa: E402
    AdditiveSatisfaction,
    ApprovalBallot,
    ApprovalProfile,
    Cost_Sat,
    parse_pabulib,
)
from pabutools.rules import (  # noqa: E402
    exhaustion_by_budget_increase,
    greedy_utilitarian_welfare,
    method_of_equal_shares,
    sequential_phragmen,
)
from pabutools.tiebreaking import TieBreakingRule  # noqa: E402

TIES = TieBreakingRule(lambda instance, profile, project: (project.cost, project.name))


def points_of(ballot, project):
    """What a ballot of any form gives to a project; a ranking gives its last place one point."""
    if project not in ballot:
        return 0
    if hasattr(ballot, "position"):
        return len(ballot) - ballot.position(project)
    return ballot[project] if hasattr(ballot, "keys") else 1


class ByPoints(AdditiveSatisfaction):
    """Greedy by points: satisfaction is points times cost, so that its density is the points."""

    def __init__(self, instance, profile, ballot):
        super().__init__(
            instance,
            profile,
            ballot,
            lambda _instance, _profile, ballot, project, _values: points_of(ballot, project) * project.cost,
        )


def count(file, rule, stop="overspend", unit=1, raised=0, grouped=True):
    instance, profile = parse_pabulib(file)
    if rule == "points":
        outcome = greedy_utilitarian_welfare(instance, profile, sat_class=ByPoints, tie_breaking=TIES)
        return [project.name for project in outcome]
    if not isinstance(profile, ApprovalProfile):
        named = [[project for project in ballot if points_of(ballot, project) > 0] for ballot in profile]
        profile = ApprovalProfile([ApprovalBallot(one) for one in named], instance=instance)
    voters = profile.num_ballots()
    if grouped:
        profile = profile.as_multiprofile()
    options = {"sat_class": Cost_Sat, "tie_breaking": TIES}
    if rule == "approval":
        outcome = greedy_utilitarian_welfare(instance, profile, **options)
    elif rule == "phragmen":
        outcome = sequential_phragmen(instance, profile, tie_breaking=TIES)
    elif rule == "equal-shares-plain":
        instance.budget_limit += raised * voters
        outcome = method_of_equal_shares(instance, profile, **options)
    else:
        if stop == "exhaustive":
            outcome = method_of_equal_shares(instance, profile, voter_budget_increment=unit, **options)
        else:
            outcome = exhaustion_by_budget_increase(
                instance,
                profile,
                method_of_equal_shares,
                dict(options),
                exhaustive_stop=False,
                budget_step=unit * voters,
            )
        outcome = greedy_utilitarian_welfare(instance, profile, initial_budget_allocation=list(outcome), **options)
    return [project.name for project in outcome]


def main():
    print(json.dumps({"ready": time.perf_counter() - began}), flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        start = time.perf_counter()
        winners = count(**job)
        print(json.dumps({"winners": winners, "seconds": time.perf_counter() - start}), flush=True)


if __name__ == "__main__":
    main()
