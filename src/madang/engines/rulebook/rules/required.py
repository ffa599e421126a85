"""The numbers of people that the guide asks of a body, and how many there are: BODY-6 and 8 to 11."""

from __future__ import annotations

from dataclasses import dataclass

from ..body_facts import (
    BUDGET_OFFICER,
    COUNCIL_MEMBER,
    DEMOCRACY_MEMBER,
    EXPERT,
    GOVERNANCE_OFFICER,
    PROPOSER,
    BodyFacts,
)
from ..findings import Severity
from ..view import View
from .say import Both


@dataclass(frozen=True, slots=True)
class Required:
    """How many people of a sort sit on a body, and between which numbers it should be; None where there is no limit."""

    rule: str
    clause: str
    name: Both
    count: int
    low: int | None
    high: int | None
    severity: Severity

    @property
    def met(self) -> bool:
        """Say whether the number lies within its limits."""
        return (self.low is None or self.count >= self.low) and (self.high is None or self.count <= self.high)

    @property
    def wanted(self) -> Both:
        """Return the limits in words."""
        if self.high is None:
            return Both(f"최소 {self.low}명", f"at least {self.low}")
        if self.low is None:
            return Both(f"최대 {self.high}명", f"at most {self.high}")
        if self.low == self.high:
            return Both(f"{self.low}명", f"exactly {self.low}")
        return Both(f"{self.low}~{self.high}명", f"{self.low} to {self.high}")


DEPARTMENT = "department"
PRIVATE = "private"
EVERYBODY = "everybody"
# By kind of body: rule, who is counted, names, parameters of the least and the greatest number, severity.
Asked = tuple[str, str, Both, str, str, Severity]
ASKED: dict[str, tuple[Asked, ...]] = {
    "working_group": (
        (
            "BODY-8",
            DEPARTMENT,
            Both("관련 부서", "Departments"),
            "bodies.working_group_departments_min",
            "",
            Severity.BLOCK,
        ),
        (
            "BODY-8",
            PRIVATE,
            Both("민간 파트너", "Private partners"),
            "bodies.working_group_private_min",
            "",
            Severity.BLOCK,
        ),
        (
            "BODY-8",
            COUNCIL_MEMBER,
            Both("협치회의 위원", "Council members"),
            "bodies.working_group_council_members_min",
            "",
            Severity.WARN,
        ),
        ("BODY-8", EXPERT, Both("전문가", "Experts"), "bodies.working_group_experts_min", "", Severity.NOTE),
        ("BODY-8", PROPOSER, Both("제안자", "Proposers"), "bodies.working_group_proposers_min", "", Severity.NOTE),
    ),
    "mediation_committee": (
        ("BODY-9", EVERYBODY, Both("위원", "Members"), "", "bodies.mediation_committee_max", Severity.BLOCK),
    ),
    "selection_committee": (
        (
            "BODY-10",
            EVERYBODY,
            Both("위원", "Members"),
            "bodies.selection_committee_low",
            "bodies.selection_committee_high",
            Severity.WARN,
        ),
        (
            "BODY-10",
            GOVERNANCE_OFFICER,
            Both("서울협치담당관", "Governance officers"),
            "bodies.selection_governance_officers",
            "bodies.selection_governance_officers",
            Severity.WARN,
        ),
        (
            "BODY-10",
            BUDGET_OFFICER,
            Both("숙의예산담당관", "Deliberative-budget officers"),
            "bodies.selection_budget_officers",
            "bodies.selection_budget_officers",
            Severity.WARN,
        ),
        (
            "BODY-10",
            DEMOCRACY_MEMBER,
            Both("서울민주주의위원회 협치분과위원", "Governance members of the Seoul democracy committee"),
            "bodies.selection_democracy_members",
            "bodies.selection_democracy_members",
            Severity.WARN,
        ),
        (
            "BODY-10",
            EXPERT,
            Both("외부 전문가", "Outside experts"),
            "bodies.selection_experts_low",
            "bodies.selection_experts_high",
            Severity.WARN,
        ),
    ),
    "evaluation_experts": (
        (
            "BODY-11",
            EVERYBODY,
            Both("외부전문가", "Outside experts"),
            "",
            "bodies.qualitative_experts_max",
            Severity.BLOCK,
        ),
    ),
}


def required(facts: BodyFacts, view: View) -> tuple[Required, ...]:
    """Return the numbers of people that the rules ask of a body of this kind, and how many there are."""
    if facts.kind == "task_force":
        below = view.number("bodies.task_force_note_from") - 1
        clause = view.clause("BODY-6", "bodies.task_force_note_from")
        return (Required("BODY-6", clause, Both("사람", "People"), len(facts.members), None, below, Severity.NOTE),)
    return tuple(
        Required(
            rule,
            view.clause(rule, low or high),
            name,
            _counted(who, facts),
            view.number(low) if low else None,
            view.number(high) if high else None,
            severity,
        )
        for rule, who, name, low, high, severity in ASKED.get(facts.kind, ())
    )


def _counted(who: str, facts: BodyFacts) -> int:
    """Return how many members are of a sort."""
    if who == EVERYBODY:
        return len(facts.members)
    if who == DEPARTMENT:
        return sum(member.department for member in facts.members)
    if who == PRIVATE:
        return sum(member.counts_as_private for member in facts.members)
    return sum(who in member.stands_for for member in facts.members)
