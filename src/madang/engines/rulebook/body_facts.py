"""The facts about bodies that composition rules judge: a body with its seats, a district's council at a step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .facts import Member
from .quorum import Quorum

BodyKind = Literal[
    "council",
    "task_force",
    "subcommittee",
    "working_group",
    "mediation_committee",
    "selection_committee",
    "evaluation_experts",
    "focus_group_first",
    "focus_group_second",
]
BODY_KINDS: tuple[BodyKind, ...] = (
    "council",
    "task_force",
    "subcommittee",
    "working_group",
    "mediation_committee",
    "selection_committee",
    "evaluation_experts",
    "focus_group_first",
    "focus_group_second",
)
# The steps of a year at which a council is asked for, in their order (P, A 10①).
CouncilStep = Literal["planning", "final_approval", "submission", "final_selection", "agreement", "disbursement"]
COUNCIL_STEPS: tuple[CouncilStep, ...] = (
    "planning",
    "final_approval",
    "submission",
    "final_selection",
    "agreement",
    "disbursement",
)

COUNCIL_MEMBER = "council_member"
EXPERT = "expert"
PROPOSER = "proposer"
GOVERNANCE_OFFICER = "governance_officer"
BUDGET_OFFICER = "budget_officer"
DEMOCRACY_MEMBER = "democracy_member"
STANDS_FOR = (COUNCIL_MEMBER, EXPERT, PROPOSER, GOVERNANCE_OFFICER, BUDGET_OFFICER, DEMOCRACY_MEMBER)


@dataclass(frozen=True, slots=True)
class Seat(Member):
    """A member with what the rules of other bodies than the council ask: department, what they stand for, their term.

    `account` and `alias` are two names by which the caller recognises a person (BODY-12); neither is printed.
    """

    department: bool = False
    stands_for: frozenset[str] = frozenset()
    account: str = ""
    alias: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    def is_same_person(self, other: Seat) -> bool:
        """Say whether two seats are one person's: by the account where both have one, else by the alias."""
        if self.account and other.account:
            return self.account == other.account
        return bool(self.alias) and self.alias == other.alias


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """A body with its members, and for focus groups the people of the other round of the same year.

    `step` is the step of the city's procedure at which a council's composition is asked for (BODY-4).
    """

    kind: BodyKind
    members: tuple[Seat, ...] = ()
    other_round: tuple[Seat, ...] = ()
    step: CouncilStep = "planning"


@dataclass(frozen=True, slots=True)
class OrdinanceFacts:
    """A district's governance ordinance: when it was enacted, and what it says of the council; None where it is silent.

    `term_years` is the longest term of an appointed member.
    """

    enacted_on: date
    council_by_it: bool = True
    size_min: int | None = None
    size_max: int | None = None
    term_years: int | None = None


@dataclass(frozen=True, slots=True)
class CouncilFacts:
    """A district's council, or the task force that acts for it, when a step is taken.

    `members` are the council's; `meeting` is how many members came, of how many, where a meeting is to open.
    """

    step: CouncilStep
    council: bool = False
    task_force: bool = False
    members: tuple[Seat, ...] = ()
    ordinance: OrdinanceFacts | None = None
    quorum: Quorum | None = None
    meeting: tuple[int, int] | None = None
