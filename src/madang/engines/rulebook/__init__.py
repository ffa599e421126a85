"""The guide as data, and its rules as pure functions: facts and a view of the rulebook -> findings.

    view = on(date(2020, 7, 10), "도봉구")          # frozen: parameters, register of rules, item codes
    facts = plan_from_dict(document)               # madang-plan/1; raises UnableToReadPlan with every problem
    line = Line("201-03", city=5000, ref="7")      # facts can also be built from database rows
    facts = PlanFacts("도봉구", 2020, 2021, projects=(Project("S1", "sectoral", (line,)),))
    judgement = judge(facts, view)                 # .ok, .findings, .not_judged, .revision, .as_dict("ko")
    judgement = judge_members(members, view)       # BODY-1..4 of a council on a day
    judgement = judge_body(facts, view)            # BodyFacts of any kind: BODY-1..6, 8..12; judge_council: BODY-7, 13
    judgement = judge_records(records, view)       # what the site recorded beside the file; judge_agenda, judge_vote …
    panel = summary(facts, view)                   # .caps (part, limit, room, state, lines, refs), .kinds, .items

A finding has rule, severity, where (a Place; `str(where)` is "project S1 line 3", `where.ref` the line's own name),
clause, measure (part, whole, percent, limit, largest) and message and remedy in Korean and English.
`view.number("budget.personnel_share_max")` gives a figure, `view[key]` it with clause, paraphrase and reading.
`calendar(planning_year)` gives the dated steps and the model stages; `item_codes(fiscal_year)` the items of a year.
Amounts are whole thousand won. Nothing here knows a clock, a database or Django.
"""

from datetime import date

from .body_facts import COUNCIL_STEPS, STANDS_FOR, BodyFacts, CouncilFacts, CouncilStep, OrdinanceFacts, Seat
from .body_judging import BODY_JUDGES, COUNCIL_JUDGES, judge_body, judge_council
from .caps import Cap, plan_caps
from .facts import (
    CLASSES,
    FLAGS,
    GENDERS,
    PARTS,
    SOURCES,
    JointOperation,
    Line,
    Member,
    PlanFacts,
    Project,
    Task,
)
from .findings import Finding, Judgement, Measure, NotJudged, Place, Severity
from .items import CODE, STATED, Item, ItemTable, Kind, Nature
from .judging import (
    judge,
    judge_agenda,
    judge_deposit,
    judge_handing_in,
    judge_members,
    judge_records,
    judge_transferred,
    judge_vote,
)
from .panel import Amounts, CapState, ItemTotal, KindTotal, State, Summary, summary
from .parameters import Parameter, UnableToLoadRulebook
from .quorum import Quorum, Threshold, default_quorum
from .reading import Problem, UnableToReadPlan, plan_from_dict, plan_from_json
from .records import (
    INVITATION_STEPS,
    SECTIONS_OF,
    VIEWPOINTS,
    AgendaFacts,
    DepositPayment,
    HandingIn,
    PlanRecords,
    Sharing,
    Spreading,
    Transferred,
    VoteFacts,
)
from .rules import BODY_RULES, JUDGES, RECORD_JUDGES
from .rules.composition import in_both_rounds
from .rules.required import Required, required
from .schedule import KOREAN_TIME, Step, calendar, closing, months_after, next_working_day, submission_day
from .shares import kwon_from_won
from .view import Rule, View, load, on
from .words import english_item_name

__all__ = [
    "BODY_JUDGES",
    "BODY_RULES",
    "CLASSES",
    "CODE",
    "COUNCIL_JUDGES",
    "COUNCIL_STEPS",
    "FLAGS",
    "GENDERS",
    "INVITATION_STEPS",
    "JUDGES",
    "KOREAN_TIME",
    "PARTS",
    "RECORD_JUDGES",
    "SECTIONS_OF",
    "SOURCES",
    "STANDS_FOR",
    "STATED",
    "VIEWPOINTS",
    "AgendaFacts",
    "Amounts",
    "BodyFacts",
    "Cap",
    "CapState",
    "CouncilFacts",
    "CouncilStep",
    "DepositPayment",
    "Finding",
    "HandingIn",
    "Item",
    "ItemTable",
    "ItemTotal",
    "JointOperation",
    "Judgement",
    "Kind",
    "KindTotal",
    "Line",
    "Measure",
    "Member",
    "Nature",
    "NotJudged",
    "OrdinanceFacts",
    "Parameter",
    "Place",
    "PlanFacts",
    "PlanRecords",
    "Problem",
    "Project",
    "Quorum",
    "Required",
    "Rule",
    "Seat",
    "Severity",
    "Sharing",
    "Spreading",
    "State",
    "Step",
    "Summary",
    "Task",
    "Threshold",
    "Transferred",
    "UnableToLoadRulebook",
    "UnableToReadPlan",
    "View",
    "VoteFacts",
    "calendar",
    "closing",
    "default_quorum",
    "english_item_name",
    "fiscal_years",
    "in_both_rounds",
    "item_codes",
    "judge",
    "judge_agenda",
    "judge_body",
    "judge_council",
    "judge_deposit",
    "judge_handing_in",
    "judge_members",
    "judge_records",
    "judge_transferred",
    "judge_vote",
    "kwon_from_won",
    "load",
    "months_after",
    "next_working_day",
    "on",
    "plan_caps",
    "plan_day",
    "plan_from_dict",
    "plan_from_json",
    "required",
    "summary",
]


def item_codes(fiscal_year: int, edition: str = "2020") -> ItemTable:
    """Return the item codes of a fiscal year with the natures of that year; raises KeyError for a year without one."""
    return on(date(fiscal_year, 1, 1), edition=edition).items(fiscal_year)


def fiscal_years(edition: str = "2020") -> tuple[int, ...]:
    """Return the fiscal years that have a table of item codes."""
    return tuple(sorted(load(edition).items))


def plan_day(planning_year: int, edition: str = "2020") -> date:
    """Return the day by whose rulebook a plan of a planning year is judged: the last day of submission (P 4)."""
    return submission_day(planning_year, edition)
