from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from madang.engines.rulebook import Threshold
from madang.ground.bodies.models import Meeting, Motion
from madang.ground.bodies.queries.council import quorum_of
from madang.ground.bodies.states import Ballot


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on a motion; ``present`` is how many could vote, ``silent`` how many of them have not."""

    present: int
    yes: int
    no: int
    abstain: int
    decides: Threshold

    @property
    def silent(self) -> int:
        return self.present - self.yes - self.no - self.abstain

    @property
    def carried(self) -> bool:
        """Say whether enough of those present are in favour (BODY-13)."""
        return self.decides.reached(self.yes, self.present)


def meeting_day(meeting: Meeting) -> date:
    """Return the day in Korea on which a meeting is held."""
    return timezone.localdate(meeting.held_at)


def tally(motion: Motion) -> Tally:
    """Return how the votes on a motion stand among the members present."""
    votes = Counter(motion.votes.values_list("ballot", flat=True))
    present = motion.meeting.present.count()
    decides = quorum_of(motion.meeting.body, meeting_day(motion.meeting)).decides
    return Tally(present, votes[Ballot.YES], votes[Ballot.NO], votes[Ballot.ABSTAIN], decides)
