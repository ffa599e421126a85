"""The tables of figures of a plan: a project's budget, and the plan's budget by kind, by item and by project.

All amounts are thousand won; shares are in tenths of a percent, rounded down so that they never add up to more than
the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from madang.engines import rulebook
from madang.engines.papers import Band, Column, Row, Span, Table, figure, group_row, total_row
from madang.plan.plans.categories import category_name
from madang.plan.plans.papers.frame import clause_words
from madang.plan.plans.queries.documents import Document
from madang.plan.plans.queries.sheet import Sheet
from madang.plan.plans.states import Flag, Part

UNIT = "천원"
NONE = "–"
REASONED = {Flag.DURABLE_GOODS.value, Flag.LEASE_DEPOSIT.value}
SHARES_NOTE = "비율은 소수 둘째 자리에서 버렸다."
PARTS = (Part.FOUNDATION, Part.SECTORAL)
KINDS = {rulebook.Kind.CURRENT: "경상보조", rulebook.Kind.CAPITAL: "자본보조", rulebook.Kind.NEITHER: "그 밖"}
SOURCE_COLUMNS = tuple(Column(name, "number") for name in ("구비", "시비", "국비", "기타"))
TOTAL_COLUMN = Column("합계", "number", strong=True)


def sources(amounts: rulebook.Amounts) -> tuple[int, ...]:
    """Return amounts in the order of the source columns, then their sum."""
    return (amounts.district, amounts.city, amounts.national, amounts.other, amounts.total)


def tenths(part: int, whole: int) -> int | str:
    """Return a share in tenths of a percent, rounded down; a dash for an empty whole."""
    return part * 1000 // whole if whole > 0 else NONE


def division(label: str, part: int, whole: int, percent: str | None) -> str:
    """Write a share with its division: 경상보조 610,000 / 1,000,000 = 61.00%."""
    result = "" if percent is None else f" = {percent}%"
    return f"{label} {figure(part)} / {figure(whole)}{result}"


def cap_notes(caps: Iterable[rulebook.CapState]) -> tuple[str, ...]:
    """Return a line for each cap that counts anything: the division, the limit and the clause."""
    return tuple(
        f"{division(cap.label_ko, cap.part, cap.whole, cap.percent)} "
        f"(기준: {cap.whole_ko}, 한도 {cap.limit}%, {clause_words(cap.clause)})"
        for cap in caps
        if cap.part
    )


def project_budget(page: Sheet) -> Table:
    """Return the budget table of appendix 6: lines by category, each category of several lines with its sum."""
    rows: list[Row] = []
    for group in page.groups:
        for place, line in enumerate(group.lines):
            rows.append(Row((group.name if place == 0 else "", line.name, line.basis, *sources(line.amounts))))
        if len(group.lines) > 1:
            rows.append(total_row("소계", *sources(group.amounts), across=3, kind="subtotal"))
    if not rows:
        rows.append(Row((Span("아직 예산 줄이 없다.", 8),)))
    return Table(
        columns=(Column("편성목"), Column("통계목"), Column("산출내역"), *SOURCE_COLUMNS, TOTAL_COLUMN),
        rows=(*rows, total_row("합계", *sources(page.total), across=3)),
        unit=UNIT,
        notes=(*cap_notes(page.caps), *reason_notes(page)),
    )


def reason_notes(page: Sheet) -> tuple[str, ...]:
    """Return why money is handed on, and why each line stands that needs a reason or a register (BUDGET-9 to 11)."""
    notes = [f"민간이전 사유: {page.entry['transfer_reason']}"] if page.entry["transfer_reason"].strip() else []
    names = {line.item: line.name for group in page.groups for line in group.lines}
    for line in page.entry["lines"]:
        if line["reason"].strip() or line["register_of_goods"] or REASONED & {*line["flags"]}:
            kinds = ", ".join(str(Flag(flag).label) for flag in line["flags"]) or names[line["item"]]
            register = " (물품등록대장 등재)" if line["register_of_goods"] else ""
            notes.append(f"{line['basis'] or names[line['item']]} ({kinds}): {line['reason'] or NONE}{register}")
    return tuple(notes)


def by_kind(summary: rulebook.Summary) -> Table:
    """Return 4.1: current and capital money, each with the share of its city money in the city grant (BUDGET-13)."""
    grant = summary.grant
    shown = [kind for kind in summary.kinds if kind.amounts.total or kind.kind is not rulebook.Kind.NEITHER]
    rows = [_kind_row(KINDS[kind.kind], kind.amounts, grant) for kind in shown]
    notes = tuple(division(KINDS[kind.kind], kind.amounts.city, grant, kind.percent_of_grant) for kind in shown)
    district, city, national, other, total = sources(summary.total)
    return Table(
        columns=(
            Column("구분"),
            Column("시비", "number", strong=True),
            Column("시 보조금 대비", "percent"),
            *(column for column in SOURCE_COLUMNS if column.title != "시비"),
            TOTAL_COLUMN,
        ),
        rows=(*rows, total_row("합계", city, tenths(city, grant), district, national, other, total)),
        caption="경상·자본 예산 구분",
        unit=UNIT,
        notes=(f"시 보조금 {figure(grant)}천원", *notes, SHARES_NOTE),
    )


def _kind_row(label: str, amounts: rulebook.Amounts, grant: int) -> Row:
    district, city, national, other, total = sources(amounts)
    return Row((label, city, tenths(city, grant), district, national, other, total))


def by_item(summary: rulebook.Summary) -> Table:
    """Return 4.2: city, district and all money by item, each with its share of the whole (BUDGET-14)."""
    beside = any(item.amounts.national or item.amounts.other for item in summary.items)
    whole = summary.total.total
    rows: list[Row] = []
    for category in sorted({item.code[:3] for item in summary.items}):
        own = [item for item in summary.items if item.code[:3] == category]
        for place, item in enumerate(own):
            name = category_name(category) if place == 0 else ""
            rows.append(Row((name, item.name or item.code, *_shares(item.amounts, whole, beside))))
        if len(own) > 1:
            together = sum((item.amounts for item in own), rulebook.Amounts())
            rows.append(total_row("소계", *_shares(together, whole, beside), across=2, kind="subtotal"))
    titles = ("시 보조금", "구 사업비", *(("국비·기타",) if beside else ()), "총 사업비")
    pairs = [column for title in titles for column in _share_columns(title)]
    return Table(
        columns=(Column("편성목"), Column("통계목"), *pairs),
        bands=(Band("예산과목", 2), *(Band(title, 2) for title in titles)),
        rows=(*rows, total_row("총사업비", *_shares(summary.total, whole, beside), across=2)),
        caption="예산과목별 재원",
        unit=UNIT,
        notes=(*_source_notes(summary.total), f"비율은 총 사업비에 대한 것이다. {SHARES_NOTE}"),
    )


def _share_columns(title: str) -> tuple[Column, Column]:
    return Column("금액", "number", strong=title == "총 사업비"), Column("비율", "percent")


def _shares(amounts: rulebook.Amounts, whole: int, beside: bool) -> list[int | str]:
    parts = [amounts.city, amounts.district, *([amounts.national + amounts.other] if beside else []), amounts.total]
    return [cell for part in parts for cell in (part, tenths(part, whole))]


def _source_notes(total: rulebook.Amounts) -> tuple[str, ...]:
    """Return the division of each source that has money."""
    found = (("시 보조금", total.city), ("구 사업비", total.district), ("국비·기타", total.national + total.other))
    return tuple(
        division(label, part, total.total, rulebook.shares.percent(part, total.total, rulebook.shares.WHOLE))
        for label, part in found
        if part
    )


def by_project(content: Document, summary: rulebook.Summary) -> Table:
    """Return 4.3: every project with its money by source, summed by part of the plan, and the caps of the plan."""
    rows: list[Row] = []
    for part in PARTS:
        entries = [entry for entry in content["plan"]["projects"] if entry["part"] == part]
        if entries:
            rows.extend(_part_rows(part, entries, summary))
    total = summary.total
    return Table(
        columns=(Column("번호"), Column("의제별 실행계획"), *SOURCE_COLUMNS, TOTAL_COLUMN, Column("비율", "percent")),
        rows=(*rows, total_row("총사업비", *sources(total), tenths(total.total, total.total), across=2)),
        caption="의제별 예산",
        unit=UNIT,
        notes=(*cap_notes(cap for cap in summary.caps if cap.where.kind == "plan"), SHARES_NOTE),
    )


def _part_rows(part: Part, entries: Sequence[Document], summary: rulebook.Summary) -> list[Row]:
    whole = summary.total.total
    rows = [group_row(str(part.label), columns=8)]
    for entry in entries:
        amounts = summary.projects[entry["id"]]
        rows.append(Row((entry["id"], entry["title"], *sources(amounts), tenths(amounts.total, whole))))
    together = summary.parts[part]
    return [*rows, total_row("소계", *sources(together), tenths(together.total, whole), across=2, kind="subtotal")]
