"""The facts that stand in the site's records beside a plan file: texts, forums, agendas, votes, opinions, agreements.

A value of None means that nothing was recorded when the facts were taken: the rule that needs it is then not judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .findings import PLAN, Place

CRITERIA = ("openness", "deliberation", "public_interest", "cooperation")
INVITATION_STEPS = ("deliberation", "open_forum", "planning")
VIEWPOINTS = ("importance", "public_interest", "urgency", "feasibility")
RESIDENT_WAYS = ("neighbourhood", "dong", "district", "online")
WORKING_GROUP, EXPERTS = "working_group", "experts"
OPEN_FORUM = "open"

# The sections of a plan's texts (part/key) without which a rule blocks.
SECTIONS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "PLAN-4": (
            "base/results",
            "base/limits",
            "action/last_year_results",
            "action/last_year_limits",
            "action/improvements",
        ),
        "PLAN-5": ("action/how_next_year_is_made",),
        "PLAN-6": ("action/district_participatory_budgeting",),
        "PLAN-11": ("base/funding",),
    }
)
PROCESS_THIS_YEAR, PROCESS_LAST_YEAR = "process/planning", "process/carrying_out"


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """What was recorded of one agenda.

    `reviews` are rows of criterion, reviewers who found it met, reviewers; `forums` the recorded forums behind it;
    `invited` the steps that have come, each with how many of its `proposers` were invited; `excluded` the points of
    the ordinance that a reviewer found to apply, None before anybody looked.
    """

    where: Place = PLAN
    name: str = ""
    reviews: tuple[tuple[str, int, int], ...] = ()
    forums: int = 0
    proposers: int = 0
    invited: tuple[tuple[str, int], ...] = ()
    excluded: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class VoteFacts:
    """What was recorded of a vote: its forum, options without material, days from the material to the opening.

    `material_days_before` is negative when the material came after the opening; `viewpoints` those that were
    discussed; `instructions` how many of the instructions to voters stand on every ballot.
    """

    forum_kind: str = OPEN_FORUM
    options: int = 0
    without_material: int = 0
    material_days_before: int | None = None
    viewpoints: tuple[str, ...] | None = None
    instructions: int | None = None


@dataclass(frozen=True, slots=True)
class Transferred:
    """The proposals that the city's participatory-budgeting site handed over, and the numbers without an outcome."""

    total: int = 0
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sharing:
    """How a draft went round: rows of to whom and which body; working groups there are; opinions and open ones."""

    rounds: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] = ()
    opinions: int = 0
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class Spreading:
    """What followed the approval: times the plan was handed out, its carrying partners, those with an agreement."""

    approved: bool = False
    handed_out: int = 0
    partners: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanRecords:
    """What the records say of a plan beside its file.

    `written` names the sections that hold words, as part/key; `forum_kinds` the kinds of forums with a recorded
    outcome; `unfinished` the projects that do not end within the year, with their position in the plan from 1;
    `parts` whether base plan and action plan hold anything; `base_years` the first and last year of the base plan.
    """

    written: tuple[str, ...] = ()
    first_year: bool = False
    forum_kinds: tuple[str, ...] = ()
    unfinished: tuple[tuple[str, int], ...] = ()
    parts: tuple[str, ...] | None = None
    base_years: tuple[int, int] | None = None
    agendas: tuple[AgendaFacts, ...] | None = None
    transferred: Transferred | None = None
    votes: tuple[VoteFacts, ...] | None = None
    sharing: Sharing | None = None
    spreading: Spreading | None = None


@dataclass(frozen=True, slots=True)
class HandingIn:
    """What is to be handed to the city: the approved version's number, the draft's, and whether they are the same.

    `days_late` counts from the last day, a reopening by the city included; 0 or less is in time.
    """

    approved: int | None = None
    draft: int = 1
    same: bool = False
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class DepositPayment:
    """A lease deposit that is to be paid, or whose lease is extended: who the tenant is, and whether it is secured.

    None where nobody has written it down.
    """

    where: Place = PLAN
    local_government_is_tenant: bool | None = None
    claim_is_secured: bool | None = None
