"""Everything that is read of votes; the other rooms take it from here."""

from madang.decide.voting.queries.elections import (
    agendas_to_choose,
    election_or_404,
    elections_of,
    open_forums,
    options_of,
    shuffled_options,
)
from madang.decide.voting.queries.events import vote_events
from madang.decide.voting.queries.results import Result, Turnout, result_of, turnout_of, unequal_channels
from madang.decide.voting.queries.rolls import check_file, find_voters, roll_summary, waiting_file
from madang.decide.voting.queries.waiting import waiting_for

__all__ = [
    "Result",
    "Turnout",
    "agendas_to_choose",
    "check_file",
    "election_or_404",
    "elections_of",
    "find_voters",
    "open_forums",
    "options_of",
    "result_of",
    "roll_summary",
    "shuffled_options",
    "turnout_of",
    "unequal_channels",
    "vote_events",
    "waiting_file",
    "waiting_for",
]
