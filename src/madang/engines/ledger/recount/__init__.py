"""Checks a published archive on its own and counts it again."""

from madang.engines.ledger.recount.checks import recount
from madang.engines.ledger.recount.count import UnableToCountRules, count_ballots
from madang.engines.ledger.recount.report import Found, Problem, Report

__all__ = ["Found", "Problem", "Report", "UnableToCountRules", "count_ballots", "recount"]
