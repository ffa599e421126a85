"""Judging: all rules over the facts of a plan, or the composition rules over a council on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from .facts import Member, PlanFacts
from .findings import SEVERITY_ORDER, Finding, Judgement, NotJudged
from .records import AgendaFacts, DepositPayment, HandingIn, PlanRecords, Transferred, VoteFacts
from .rules import BODY_RULES, JUDGES, RECORD_JUDGES
from .rules.agendas import AGENDA_JUDGES, open_forum, transferred_outcomes
from .rules.payment import deposit_paid
from .rules.sharing import handed_in
from .view import View

ELSEWHERE = {
    "site": ("사이트의 기록이 있어야 판단할 수 있어요", "needs the site's records"),
    "step": ("해당 단계를 밟을 때 확인해요", "checked when the named step is taken"),
    "file": ("다른 모든 비율 규칙의 계산 방법이에요", "is the way in which all other shares are counted"),
}


def judge(facts: PlanFacts, view: View, only: Collection[str] | None = None) -> Judgement:
    """Judge a plan by the rulebook of a view.

    `only` limits the rules; an unknown id raises KeyError. Findings come ordered by severity and place; every rule of
    sections 1 to 4 that was not judged is named with the reason.
    """
    wanted = [rule for rule in view.rules if only is None or rule in only]
    if only is not None and (unknown := set(only) - set(view.rules)):
        raise KeyError(f"unknown rule {sorted(unknown)[0]}")
    results: list[Finding | NotJudged] = []
    for rule in wanted:
        if rule in JUDGES:
            results.extend(JUDGES[rule](facts, view))
        else:
            results.append(NotJudged(rule, *ELSEWHERE[view.rules[rule].judged]))
    return _judgement(results, wanted, view)


def judge_members(members: Iterable[Member], view: View) -> Judgement:
    """Judge the composition of a council alone (BODY-1 to 4)."""
    facts = PlanFacts(view.place, view.day.year, view.day.year + 1, members=tuple(members))
    return judge(facts, view, only=BODY_RULES)


def judge_records(records: PlanRecords, view: View, only: Collection[str] | None = None) -> Judgement:
    """Judge what the site's records say of a plan beside its file (PLAN and AGENDA rules)."""
    wanted = [rule for rule in RECORD_JUDGES if only is None or rule in only]
    return _judgement((one for rule in wanted for one in RECORD_JUDGES[rule](records, view)), wanted, view)


def judge_agenda(facts: AgendaFacts, view: View) -> Judgement:
    """Judge one agenda by its records (AGENDA-1 to 4, 6 and 7)."""
    results = (one for judged in AGENDA_JUDGES.values() for one in judged(facts, view))
    return _judgement(results, list(AGENDA_JUDGES), view)


def judge_transferred(facts: Transferred, view: View) -> Judgement:
    """Judge the proposals that the city handed over (AGENDA-5)."""
    return _judgement(transferred_outcomes(facts, view), ["AGENDA-5"], view)


def judge_vote(facts: VoteFacts, view: View) -> Judgement:
    """Judge a vote by its records (AGENDA-8)."""
    return _judgement(open_forum(facts, view), ["AGENDA-8"], view)


def judge_handing_in(facts: HandingIn, view: View) -> Judgement:
    """Judge what is to be handed to the city, or selected after its mediation (PLAN-9)."""
    return _judgement(handed_in(facts, view), ["PLAN-9"], view)


def judge_deposit(facts: DepositPayment, view: View) -> Judgement:
    """Judge a lease deposit before it is paid and at every extension (BUDGET-11)."""
    return _judgement(deposit_paid(facts, view), ["BUDGET-11"], view)


def _judgement(results: Iterable[Finding | NotJudged], wanted: list[str], view: View) -> Judgement:
    """Sort results into findings and rules not judged."""
    results = list(results)
    position = {rule: number for number, rule in enumerate(wanted)}
    findings = sorted(
        (one for one in results if isinstance(one, Finding)),
        key=lambda one: (SEVERITY_ORDER[one.severity], one.where.order, position[one.rule]),
    )
    silent = tuple(one for one in results if isinstance(one, NotJudged))
    return Judgement(tuple(findings), silent, view.revision, view.day, view.place, tuple(wanted))
