"""What lines and projects must say beyond amounts: BUDGET-3, 6, 9, 10, 11, 12 and 17."""

from __future__ import annotations

from collections.abc import Iterator

from ..caps import BUILT, HANDED_ON
from ..facts import DURABLE_GOODS, LEASE_DEPOSIT, ORGANISATION_STAFF, PlanFacts, Project
from ..findings import Finding, NotJudged, Place, Severity
from ..items import Nature, category
from ..laid import flagged, laid_lines, lay, project_place
from ..view import View
from .costs import over_cap
from .say import Both, found, left_out

Results = Iterator[Finding | NotJudged]


def organisation_staff(facts: PlanFacts, view: View) -> Results:
    """BUDGET-3: staff who run an organisation are never paid (G 3.2.2(1)①②)."""
    if facts.projects is None:
        yield left_out("BUDGET-3", "projects")
    for laid in flagged(ORGANISATION_STAFF, facts, view):
        message = Both("단체나 법인을 운영하는 인력의 인건비예요.", "The line pays staff who run an organisation.")
        remedy = Both(
            "이 줄을 빼 주세요. 민관 협력을 촉진·관리·조정·자문하는 인력은 편성할 수 있어요.",
            "Take the line out. People who promote, manage, coordinate or advise the cooperation may be paid.",
        )
        yield found("BUDGET-3", view, laid.place, message, remedy)


def joint_facilities(facts: PlanFacts, view: View) -> Results:
    """BUDGET-6: a project with facilities or assets is planned and run together (G 3.2.2(2)①②)."""
    if facts.projects is None:
        yield left_out("BUDGET-6", "projects")
    for project, place in _projects_with(facts, view, BUILT):
        yield from _run_together("BUDGET-6", project, place, view)


def joint_transfers(facts: PlanFacts, view: View) -> Results:
    """BUDGET-9: a project with transfers says why nothing else can do it and is run together (G 3.2.2(3)①②③)."""
    if facts.projects is None:
        yield left_out("BUDGET-9", "projects")
    for project, place in _projects_with(facts, view, HANDED_ON):
        yield from _run_together("BUDGET-9", project, place, view)
        if project.transfer_reason is None:
            yield left_out("BUDGET-9", "transfer_reason", place)
        elif not project.transfer_reason.strip():
            message = Both(
                "민간이전이 아니면 할 수 없는 까닭이 비어 있어요.",
                "The project does not say why only a transfer can do it.",
            )
            remedy = Both("까닭을 적어 주세요.", "Give the reason.")
            yield found("BUDGET-9", view, place, message, remedy, clause="G 3.2.2(3)②")


def _projects_with(facts: PlanFacts, view: View, natures: frozenset[Nature]) -> Iterator[tuple[Project, Place]]:
    """Yield the projects that have an amount on a line of one of the natures."""
    if facts.projects is None:
        return
    for laid in lay(facts, view):
        if not natures.isdisjoint(laid.natures):
            yield laid.project, laid.place


def _run_together(rule: str, project: Project, place: Place, view: View) -> Results:
    """Yield what a project lacks of joint operation, and that it is spent by administration alone."""
    if project.run_by_administration_alone:
        message = Both("행정이 단독으로 집행하는 사업이에요.", "The project is spent by administration alone.")
        remedy = Both("민간과 함께 집행하도록 계획을 바꿔 주세요.", "Plan it so that it is carried out together.")
        yield found(rule, view, place, message, remedy)
    joint = project.joint_operation
    if joint is None:
        yield left_out(rule, "joint_operation", place)
        return
    missing: list[Both] = []
    if sum(bool(name.strip()) for name in joint.departments) < view.number("budget.joint_departments_min"):
        missing.append(Both("부서", "a department"))
    partners = sum(bool(name.strip()) for name in joint.private_partners)
    if partners < view.number("budget.joint_private_partners_min"):
        missing.append(Both("민간 주체", "a private partner"))
    if not joint.when.strip():
        missing.append(Both("시기", "when"))
    if not joint.how.strip():
        missing.append(Both("방법", "how"))
    if missing:
        message = Both(
            "함께 계획하고 운영하는 내용에 빠진 것이 있어요: " + ", ".join(lack.ko for lack in missing),
            "The joint operation lacks " + ", ".join(lack.en for lack in missing) + ".",
        )
        remedy = Both(
            "누가, 언제, 어떻게 함께하는지 적어 주세요.", "Say who, when and how it is planned and run together."
        )
        yield found(rule, view, place, message, remedy)


def durable_goods(facts: PlanFacts, view: View) -> Results:
    """BUDGET-10: durable goods are essential, with a reason, and enter the district's register (G 3.2.2(4))."""
    if facts.projects is None:
        yield left_out("BUDGET-10", "projects")
    groups = view.groups("budget.durable_goods_groups")
    for laid in laid_lines(facts, view):
        line = laid.line
        if not laid.total:
            continue
        if DURABLE_GOODS in line.flags:
            yield from _goods(line.reason, line.register_of_goods, laid.place, view)
        elif category(line.item) in groups:
            message = Both("재산성 물품 표시가 없는 자산취득비예요.", "An asset line without the durable-goods flag.")
            remedy = Both(
                "재산성 물품이면 표시하고 까닭과 물품등록대장 등재를 적어 주세요.",
                "If it buys durable goods, flag it, give the reason and enter it in the register of goods.",
            )
            yield found("BUDGET-10", view, laid.place, message, remedy, severity=Severity.NOTE)


def _goods(reason: str | None, registered: bool | None, place: Place, view: View) -> Results:
    """Yield what a line of durable goods lacks."""
    if reason is None:
        yield left_out("BUDGET-10", "reason", place)
    elif not reason.strip():
        message = Both(
            "재산성 물품이 꼭 필요한 까닭이 비어 있어요.", "Durable goods without a reason why they are essential."
        )
        remedy = Both("사업 목적에 꼭 필요한 까닭을 적어 주세요.", "Say why the purpose needs them.")
        yield found("BUDGET-10", view, place, message, remedy, clause="G 3.2.2(4)①")
    if registered is None:
        yield left_out("BUDGET-10", "register_of_goods", place)
    elif not registered:
        message = Both(
            "재산성 물품을 구의 물품등록대장에 올린다는 표시가 없어요.",
            "Durable goods that do not enter the district's register of goods.",
        )
        remedy = Both("구 소유로 하고 물품등록대장에 올려 주세요.", "Let the district own and register them.")
        yield found("BUDGET-10", view, place, message, remedy, clause="G 3.2.2(4)②")


def lease_deposits(facts: PlanFacts, view: View) -> Results:
    """BUDGET-11: deposits are not most of a project, are unavoidable, and rather district money (G 3.2.2(5))."""
    yield from over_cap("BUDGET-11", facts, view)
    for laid in flagged(LEASE_DEPOSIT, facts, view):
        line, place = laid.line, laid.place
        if line.reason is None:
            yield left_out("BUDGET-11", "reason", place)
        elif not line.reason.strip():
            message = Both("임차보증금이 불가피한 까닭이 비어 있어요.", "A lease deposit without a reason.")
            remedy = Both("불가피하게 필요한 까닭을 적어 주세요.", "Say why it is unavoidable.")
            yield found("BUDGET-11", view, place, message, remedy, clause="G 3.2.2(5)②")
        if line.city:
            message = Both("임차보증금에 시비를 써요.", "The lease deposit uses city money.")
            remedy = Both("가급적 구비로 편성해 주세요.", "Use district money if possible.")
            yield found("BUDGET-11", view, place, message, remedy, severity=Severity.WARN, clause="G 3.2.2(5)②")


def not_fundable(facts: PlanFacts, view: View) -> Results:
    """BUDGET-12: what a reviewer found the grant cannot pay (G 3.2.1)."""
    if facts.projects is None:
        yield left_out("BUDGET-12", "projects")
        return
    for position, project in enumerate(facts.projects, 1):
        place = project_place(project, position)
        if project.not_fundable is None:
            yield left_out("BUDGET-12", "not_fundable", place)
        for number in project.not_fundable or ():
            exclusion = view[f"exclusions.not_fundable_{number}"]
            message = Both(f"편성할 수 없는 항목이에요: {exclusion.ko}", f"Not fundable: {exclusion.en}.")
            remedy = Both("이 사업을 빼거나 내용을 바꿔 주세요.", "Take the project out or change its content.")
            yield found("BUDGET-12", view, place, message, remedy, clause=exclusion.clause)


def changed_names(facts: PlanFacts, view: View) -> Results:
    """BUDGET-17: an item whose name changed is shown with both names; one the partial table lacks is shown too."""
    if facts.projects is None:
        yield left_out("BUDGET-17", "projects")
        return
    items, before = view.items(facts.fiscal_year), view.earlier_names(facts.fiscal_year)
    for laid in laid_lines(facts, view):
        item, code = laid.item, laid.line.item
        if not laid.total or item is None:
            continue
        if code in before:
            year, name = before[code]
            message = Both(
                f"{code}: {facts.fiscal_year}년 ‘{item.name}’, {year}년 ‘{name}’으로 이름이 달라요.",
                f"{code} is '{item.name}' in {facts.fiscal_year} and was '{name}' in {year}.",
            )
            yield found("BUDGET-17", view, laid.place, message, _CONFIRM, clause=items.clause)
        elif items.get(code) is None:
            message = Both(
                f"{code}: {facts.fiscal_year}회계연도 통계목 표(일부)에 없어서 적은 성격으로 계산했어요.",
                f"{code} is not in the partial table of fiscal year {facts.fiscal_year}; the stated nature is used.",
            )
            yield found("BUDGET-17", view, laid.place, message, _CONFIRM, clause=items.clause)


_CONFIRM = Both("이 통계목이 맞는지 확인해 주세요.", "Confirm that this is the item you mean.")
