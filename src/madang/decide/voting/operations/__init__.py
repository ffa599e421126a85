"""Everything that changes a vote, one use case a function."""

from madang.decide.voting.operations.casting import Receipt, UnableToCast, cast_ballot
from madang.decide.voting.operations.closing import UnableToCertify, UnableToClose, certify_election, close_election
from madang.decide.voting.operations.elections import (
    UnableToOpen,
    UnableToPrepare,
    arrange_options,
    change_election,
    freeze_roll,
    open_election,
    prepare_election,
    thaw_roll,
)
from madang.decide.voting.operations.identifying import UnableToIdentify, identify_voter
from madang.decide.voting.operations.preparing import Prepared, UnableToRecord, record_preparation
from madang.decide.voting.operations.roll import UnableToTakeRoll, hand_in_roll, issue_codes, take_roll

__all__ = [
    "Prepared",
    "Receipt",
    "UnableToCast",
    "UnableToCertify",
    "UnableToClose",
    "UnableToIdentify",
    "UnableToOpen",
    "UnableToPrepare",
    "UnableToRecord",
    "UnableToTakeRoll",
    "arrange_options",
    "cast_ballot",
    "certify_election",
    "change_election",
    "close_election",
    "freeze_roll",
    "hand_in_roll",
    "identify_voter",
    "issue_codes",
    "open_election",
    "prepare_election",
    "record_preparation",
    "take_roll",
    "thaw_roll",
]
