"""The whole plan as one document: cover data, contents, base plan and action plan."""

from __future__ import annotations

from django.utils.translation import override

from madang.engines import rulebook
from madang.engines.papers import (
    Block,
    Column,
    Field,
    FieldTable,
    Heading,
    PageBreak,
    Paper,
    Row,
    Span,
    Table,
    figure,
    group_row,
)
from madang.plan.plans.models import PlanVersion
from madang.plan.plans.papers import frame
from madang.plan.plans.papers.action_plan import action_blocks, groups_of
from madang.plan.plans.papers.base_plan import base_blocks
from madang.plan.plans.papers.judged import judged_blocks
from madang.plan.plans.papers.prose import section
from madang.plan.plans.queries.documents import Document
from madang.plan.plans.queries.overview import view_of
from madang.plan.plans.sections import sections_of
from madang.plan.plans.states import TextPart

BASE_CHAPTERS = ("개요", "현황조사 및 분석", "기본구상", "추진과제별 계획", "성과평가 및 환류계획", "계획의 실현")


@override("ko")
def plan_paper(version: PlanVersion, *, mark: str = "") -> Paper:
    """Return a version as the whole plan document (appendices 4 to 6), marked 승인본 or 초안 and with ``mark``.

    The budget is summed from the lines of the version's content; nothing in the paper depends on the day it is made.
    """
    content = version.content
    plan, base = content["plan"], content["base"]
    summary = rulebook.summary(rulebook.plan_from_dict(plan), view_of(content))
    return Paper(
        title=f"{plan['district']} 지역사회혁신계획(구단위계획형)",
        kicker=f"{base['first_year']}–{base['last_year']} 기본계획 · {plan['fiscal_year']}년 실행계획",
        running=frame.running(content),
        record_number=f"{version.number}판",
        status_mark=frame.status(version, mark),
        blocks=(
            _cover(version, summary),
            _contents(content, summary),
            PageBreak(),
            *base_blocks(content),
            PageBreak(),
            *action_blocks(content),
            *judged_blocks(version),
            *_process(content),
        ),
    )


def _process(content: Document) -> tuple[Block, ...]:
    """Return the process statement (부록 과정설명서, G 2.2.1), or nothing while it is not written."""
    texts = content.get("process", {}).get("texts", {})
    if not texts:
        return ()
    rows = [(found.key, str(found.title)) for found in sections_of(TextPart.PROCESS)]
    blocks = [
        block
        for place, (key, title) in enumerate(rows, 1)
        if key in texts
        for block in section(str(place), title, texts[key], level=2)
    ]
    return (PageBreak(), Heading("과정설명서", number="부록"), *blocks)


def _cover(version: PlanVersion, summary: rulebook.Summary) -> FieldTable:
    content = version.content
    base = content["base"]
    rows = [
        (
            Field(
                "계획 기간",
                f"기본계획 {base['first_year']}–{base['last_year']}, 실행계획 {content['plan']['fiscal_year']}",
            ),
        ),
        (Field("승인", _approval_words(version)),),
        (Field("예산", _budget_words(summary)),),
        (Field("판과 지문", f"{version.number}판 {_grouped(version.sha256)}"),),
    ]
    if base["vision"]:
        rows.insert(0, (Field("비전", base["vision"]),))
    return FieldTable(tuple(rows))


def _grouped(sha256: str) -> str:
    """Write a hash in groups, so that a line may end between them."""
    return " ".join(sha256[at : at + 16] for at in range(0, len(sha256), 16))


def _approval_words(version: PlanVersion) -> str:
    approval = frame.approval_of(version)
    if approval is None:
        return "아직 승인되지 않은 초안이다."
    meeting = approval.motion.meeting
    return f"{frame.day_words(meeting.held_at)} {meeting.body.name} {meeting.title}"


def _budget_words(summary: rulebook.Summary) -> str:
    total = summary.total
    named = (("시비", total.city), ("구비", total.district), ("국비", total.national), ("기타", total.other))
    by_source = " · ".join(f"{name} {figure(part)}" for name, part in named if part or name in ("시비", "구비"))
    return f"{figure(total.total)}천원 ({by_source}), 시 보조금 {figure(summary.grant)}천원"


def _contents(content: Document, summary: rulebook.Summary) -> Table:
    """Return the contents: the chapters of both plans, and every project with its money."""
    titles = {entry["id"]: entry["title"] for entry in content["plan"]["projects"]}
    chapters = " · ".join(f"{place} {title}" for place, title in enumerate(BASE_CHAPTERS, 1))
    rows = [
        group_row("Ⅰ 기본계획", columns=3),
        Row((Span(chapters, 3),)),
        group_row("Ⅱ 실행계획", columns=3),
        Row(("1", "배경 및 목적", None)),
        Row(("2", "추진과제별 실행계획", summary.total.total)),
    ]
    groups = groups_of(content)
    for group in groups:
        rows.append(Row((group.number, Span(group.title, 2))))
        for place, one in enumerate(group.projects, 1):
            rows.append(Row((f"{group.number}.{place}", titles[one], summary.projects[one].total)))
    rows.append(Row((f"2.{len(groups) + 1}", "협치기반 구축: 다음 해 준비", None)))
    rows += [Row(("3", "성과평가계획", None)), Row(("4", "예산계획", None))]
    if "process" in content:
        rows.append(group_row("부록 과정설명서", columns=3))
    columns = (Column("번호", width=2), Column("제목", width=12), Column("예산", "number", width=3))
    return Table(columns=columns, rows=tuple(rows), caption="차례", unit="천원")
