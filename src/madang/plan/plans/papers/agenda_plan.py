"""One agenda action plan (의제별 실행계획, appendix 6)."""

from __future__ import annotations

from django.utils.translation import override

from madang.engines.papers import (
    Block,
    Column,
    Field,
    FieldTable,
    Heading,
    Note,
    Paper,
    Row,
    Run,
    Table,
    figure,
)
from madang.engines.papers.model import Text
from madang.plan.plans.models import PlanVersion
from madang.plan.plans.papers import frame
from madang.plan.plans.papers.budget_tables import project_budget
from madang.plan.plans.papers.judged import judged_blocks
from madang.plan.plans.papers.prose import LACKING, prose, section
from madang.plan.plans.queries.documents import Document
from madang.plan.plans.queries.sheet import Sheet, sheet
from madang.plan.plans.states import Part, PartyKind

NONE = "–"
NEXT_LINE = "\n"


class UnableToFindProject(LookupError):
    """The version has no project of that number."""


@override("ko")
def project_paper(version: PlanVersion, number: str, *, mark: str = "") -> Paper:
    """Return one agenda action plan as a paper of its own (appendix 6), marked 승인본 or 초안 and with ``mark``.

    Raises ``UnableToFindProject`` when the version has no project of that number.
    """
    page = sheet(version.content, number)
    if page is None:
        raise UnableToFindProject(number)
    return Paper(
        title=page.entry["title"],
        kicker=kicker(page),
        running=frame.running(version.content),
        record_number=page.written["agenda"] or number,
        status_mark=frame.status(version, mark),
        blocks=(
            *agenda_blocks(page, level=1, fiscal_year=version.content["plan"]["fiscal_year"]),
            *judged_blocks(version, project=number),
        ),
    )


def kicker(page: Sheet) -> str:
    """Return the small line above a project's title: its task and its number."""
    if page.task is None:
        return f"{Part(page.entry['part']).label} _ {page.entry['id']}"
    return f"추진과제 {page.task['number']} {page.task['title']} _ {page.entry['id']}"


def agenda_blocks(page: Sheet, *, level: int, fiscal_year: int) -> tuple[Block, ...]:
    """Return the head table and the six sections of a project, whose headings begin at ``level``."""
    written = page.written
    last_year = written["last_year"] or f"해당 없음({fiscal_year}년 신규 의제)"
    return (
        *prose(written["one_line"]),
        _head(page),
        *section("1", "추진 배경과 필요성", written["need"], level=level),
        *_sub("", "관련 계획과의 관계", written["links"], level),
        *section("2", "사업 목표 및 추진방향", written["direction"], level=level),
        *section("3", "전년도 추진경과", last_year, level=level),
        *_detailed(page, level),
        *_monitoring(page, level),
        Heading("소요예산", level=level, number="6"),
        project_budget(page),
    )


def _sub(number: str, title: str, text: str, level: int) -> tuple[Block, ...]:
    """Return a section one level lower, or nothing where its text is empty."""
    return (Heading(title, level=level + 1, number=number), *prose(text)) if text.strip() else ()


def _head(page: Sheet) -> FieldTable:
    written = page.written
    period = written["period"] or NONE
    if not written["ends_within_year"]:
        period += " (다음 해로 이어진다)"
    return FieldTable(
        (
            (Field("추진시기", period),),
            (Field("예산", budget_words(page)),),
            (Field("사업 목표", written["goals"].strip() or NONE),),
            (Field("민관협력체계", _parties(page)),),
        )
    )


def budget_words(page: Sheet) -> str:
    """Write a project's money: the total, by source, and by current and capital."""
    total = page.total
    named = (("시비", total.city), ("구비", total.district), ("국비", total.national), ("기타", total.other))
    by_source = " · ".join(f"{name} {figure(part)}" for name, part in named if part or name in ("시비", "구비"))
    words = (
        f"{figure(total.total)}천원 ({by_source}) / 경상 {figure(page.current)} ({page.current_percent}%) · "
        f"자본 {figure(page.capital)} ({page.capital_percent}%)"
    )
    rest = total.total - page.current - page.capital
    return f"{words} · 그 밖 {figure(rest)}" if rest else words


def _parties(page: Sheet) -> Text:
    """Write who takes part, a line for each kind: 주무부서 공원녹지과(시설·안전)."""
    runs: list[Run] = []
    for kind in PartyKind:
        found = [party for party in page.written["parties"] if party.get("kind") == kind]
        names = ", ".join(f"{one['name']}({one['role']})" if one.get("role") else one["name"] for one in found)
        if names:
            runs += [Run(f"{NEXT_LINE if runs else ''}{kind.label}  ", bold=True), Run(names)]
    return tuple(runs) or NONE


def _detailed(page: Sheet, level: int) -> tuple[Block, ...]:
    """Return section 4: method with the joint operation, schedule, publicity."""
    written = page.written
    blocks: list[Block] = []
    joint = _joint_operation(page.entry["joint_operation"])
    if joint or written["method"].strip():
        blocks += [Heading("추진방법", level=level + 1, number="4-1"), *prose(written["method"]), *joint]
    if written["schedule"]:
        blocks += [Heading("추진일정", level=level + 1, number="4-2"), _schedule(written["schedule"])]
    blocks += _sub("", "홍보", written["publicity"], level)
    return (Heading("세부추진 계획", level=level, number="4"), *(blocks or [Note(LACKING)]))


def _joint_operation(joint: Document) -> tuple[Block, ...]:
    """Return who plans and runs the project together, when and how (BUDGET-6, BUDGET-9); nothing where none is told."""
    told = (
        ("함께하는 부서", ", ".join(joint["departments"])),
        ("함께하는 민간", ", ".join(joint["private_partners"])),
        ("만나는 때", joint["when"]),
        ("함께하는 방법", joint["how"]),
    )
    rows = tuple((Field(label, text),) for label, text in told if text.strip())
    return (FieldTable(rows),) if rows else ()


def _schedule(rows: list[Document]) -> Table:
    keys = ("when", "what", "private", "administration")
    return Table(
        columns=tuple(Column(title) for title in ("시기", "내용", "민간", "행정")),
        rows=tuple(Row(tuple(str(row.get(key, "")) for key in keys)) for row in rows),
    )


def _monitoring(page: Sheet, level: int) -> tuple[Block, ...]:
    """Return section 5: indicators, how they are watched, and the expected effects."""
    written = page.written
    blocks: list[Block] = []
    if written["indicators"]:
        blocks += [Heading("성과지표", level=level + 1, number="5-1"), indicators([("", written["indicators"])])]
    blocks += _sub("5-2", "성과평가 및 모니터링 계획", written["monitoring"], level)
    blocks += _sub("", "기대효과", written["effects"], level)
    return (Heading("모니터링 및 평가계획", level=level, number="5"), *(blocks or [Note(LACKING)]))


def indicators(groups: list[tuple[str, list[Document]]], *, caption: str = "") -> Table:
    """Return the indicators as a table, those of each project after its title where one is given."""
    rows: list[Row] = []
    titled = any(title for title, _rows in groups)
    for title, entries in groups:
        for place, row in enumerate(entries):
            cells = tuple(str(row.get(key, "")) for key in ("name", "now", "target", "method"))
            rows.append(Row(((title if place == 0 else ""), *cells) if titled else cells))
    titles = ("지표", "지금", "목표", "재는 방법")
    columns = tuple(Column(title) for title in (("의제", *titles) if titled else titles))
    return Table(columns=columns, rows=tuple(rows), caption=caption)
