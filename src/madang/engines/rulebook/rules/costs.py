"""Caps of the budget and the tables it must state: BUDGET-1, 2, 4, 5, 7, 8, 13, 14 and 16."""

from __future__ import annotations

from collections.abc import Iterator

from ..caps import Cap, plan_caps
from ..facts import PlanFacts
from ..findings import PLAN, Finding, NotJudged, Severity
from ..items import Kind
from ..laid import laid_lines
from ..view import View
from .say import Both, found, left_out

Results = Iterator[Finding | NotJudged]


def over_cap(rule: str, facts: PlanFacts, view: View) -> Results:
    """Yield a finding for each cap of a rule that the plan exceeds (BUDGET-15: exact integers)."""
    if facts.projects is None:
        yield left_out(rule, "projects")
        return
    for cap in plan_caps(facts, view, rule):
        if cap.over:
            yield _exceeded(cap, view)


def _exceeded(cap: Cap, view: View) -> Finding:
    """Return the finding of a cap that is exceeded."""
    measure, label = cap.measure, cap.label
    ko_share = f"{measure.percent}%" if measure.percent else "전체가 0원인데 금액이 있어요"
    en_share = f"{measure.percent} %" if measure.percent else "an amount of a zero total"
    message = Both(
        f"{label.part_ko}: {label.whole_ko} {cap.whole:,}천원 가운데 {cap.part:,}천원, {ko_share} (한도 {cap.limit}%)",
        f"{label.part_en}: {cap.part:,} of {cap.whole:,} thousand won of {label.whole_en}, {en_share}"
        f" (limit {cap.limit} %)",
    )
    less = cap.part - cap.largest
    remedy = Both(
        f"다른 줄을 그대로 두면 {cap.largest:,}천원까지 편성할 수 있어요. {less:,}천원을 줄여 주세요.",
        f"With the other lines as they are, up to {cap.largest:,} thousand won passes. Take out {less:,} thousand won.",
    )
    return found(cap.rule, view, cap.where, message, remedy, severity=cap.severity, measure=measure, clause=cap.clause)


def sectoral_city_money(facts: PlanFacts, view: View) -> Results:
    """BUDGET-1: city money of the sectoral projects within its share of the city grant (P guideline)."""
    return over_cap("BUDGET-1", facts, view)


def personnel(facts: PlanFacts, view: View) -> Results:
    """BUDGET-2: personnel-type costs within their share of the sectoral total (G 3.2.2(1)③)."""
    return over_cap("BUDGET-2", facts, view)


def facilities(facts: PlanFacts, view: View) -> Results:
    """BUDGET-4: facilities and assets within their share of the sectoral total (G 3.2.2(2)③)."""
    return over_cap("BUDGET-4", facts, view)


def facilities_of_project(facts: PlanFacts, view: View) -> Results:
    """BUDGET-5: facilities and assets within their share of each project; a foundation project warns."""
    return over_cap("BUDGET-5", facts, view)


def transfers(facts: PlanFacts, view: View) -> Results:
    """BUDGET-7: private transfers within their share of the sectoral total (G 3.2.2(3)④)."""
    return over_cap("BUDGET-7", facts, view)


def transfers_of_project(facts: PlanFacts, view: View) -> Results:
    """BUDGET-8: private transfers within their share of each project; a foundation project warns."""
    return over_cap("BUDGET-8", facts, view)


def whole_grant(facts: PlanFacts, view: View) -> Results:
    """BUDGET-16: city money of all projects within the city grant; below it warns with the rest (P scale)."""
    yield from over_cap("BUDGET-16", facts, view)
    for cap in plan_caps(facts, view, "BUDGET-16"):
        rest = cap.whole - cap.part
        if rest > 0:
            message = Both(
                f"시 보조금 {cap.whole:,}천원 가운데 {rest:,}천원이 아직 편성되지 않았어요.",
                f"{rest:,} of the {cap.whole:,} thousand won of the city grant are not budgeted.",
            )
            remedy = Both(
                "남은 금액을 편성하거나 그대로 둘지 확인해 주세요.", "Budget the rest, or confirm that it stays."
            )
            yield found("BUDGET-16", view, PLAN, message, remedy, severity=Severity.WARN, measure=cap.measure)


def current_and_capital(facts: PlanFacts, view: View) -> Results:
    """BUDGET-13: every line is current or capital, so that both totals can be stated (G 3.3.4)."""
    if facts.projects is None:
        yield left_out("BUDGET-13", "projects")
        return
    for laid in laid_lines(facts, view):
        line, item = laid.line, laid.item
        if laid.total and item and item.kind is Kind.NEITHER:
            message = Both(
                f"{line.item} {item.name}: 경상보조도 자본보조도 아닌 통계목이에요.",
                f"{line.item} {item.name} is neither current nor capital.",
            )
            remedy = Both(
                "경상(100~300) 또는 자본(400) 통계목으로 바꿔 주세요.",
                "Use an item of current (100–300) or capital (400) money.",
            )
            yield found("BUDGET-13", view, laid.place, message, remedy)


def by_item(facts: PlanFacts, view: View) -> Results:
    """BUDGET-14: amounts by item can be stated with shares of the whole (G 3.4.1(1))."""
    if facts.projects is None:
        yield left_out("BUDGET-14", "projects")
        return
    items = view.items(facts.fiscal_year)
    if not any(laid.total for laid in laid_lines(facts, view)):
        message = Both("예산 금액이 하나도 없어요.", "The plan has no amounts.")
        remedy = Both("사업마다 통계목과 금액을 적어 주세요.", "Give each project its items and amounts.")
        yield found("BUDGET-14", view, PLAN, message, remedy)
    for laid in laid_lines(facts, view):
        line = laid.line
        if laid.total and laid.item is None:
            near = items.nearest(line.item)
            message = Both(
                f"{line.item}: {facts.fiscal_year}회계연도에 없는 통계목이에요.",
                f"{line.item} is not an item of fiscal year {facts.fiscal_year}.",
            )
            remedy = Both(
                f"{near.code} {near.name}이(가) 맞는지 확인해 주세요." if near else "통계목을 확인해 주세요.",
                f"Is it {near.code} {near.name}?" if near else "Check the item code.",
            )
            yield found("BUDGET-14", view, laid.place, message, remedy)
