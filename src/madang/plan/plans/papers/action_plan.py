"""The action plan of one year (실행계획, appendix 5)."""

from __future__ import annotations

from dataclasses import dataclass

from madang.engines import rulebook
from madang.engines.papers import Block, Heading, Note, PageBreak
from madang.plan.plans.papers.agenda_plan import agenda_blocks, indicators, kicker
from madang.plan.plans.papers.base_plan import overview_sections, parted
from madang.plan.plans.papers.budget_tables import by_item, by_kind, by_project
from madang.plan.plans.papers.prose import LACKING, prose, section
from madang.plan.plans.queries.documents import Document
from madang.plan.plans.queries.overview import view_of
from madang.plan.plans.queries.sheet import sheet


@dataclass(frozen=True, slots=True)
class Group:
    """A task with the numbers of its projects as the action plan counts it: 2.1, 2.2 …"""

    number: str
    title: str
    summary: str
    projects: tuple[str, ...]


def groups_of(content: Document) -> tuple[Group, ...]:
    """Return the tasks that have projects this year in their order, then the projects that belong to no task."""
    entries = content["plan"]["projects"]
    found: list[tuple[str, str, tuple[str, ...]]] = []
    for task in content["base"]["tasks"]:
        own = tuple(entry["id"] for entry in entries if entry["task"] == task["number"])
        if own:
            found.append((f"추진과제 {task['number']} {task['title']}", task["summary"], own))
    known = {task["number"] for task in content["base"]["tasks"]}
    loose = tuple(entry["id"] for entry in entries if entry["task"] not in known)
    if loose:
        found.append(("추진과제를 정하지 않은 의제별 실행계획", "", loose))
    return tuple(Group(f"2.{place}", *group) for place, group in enumerate(found, 1))


def action_blocks(content: Document) -> tuple[Block, ...]:
    """Return the action plan in the order of the form: background, projects by task, evaluation, budget."""
    texts = content["action"]["texts"]
    return (
        Heading(f"실행계획 ({content['plan']['fiscal_year']})", number="Ⅱ"),
        Heading("배경 및 목적", number="1"),
        *_background(texts, content["base"]["texts"]),
        PageBreak(),
        Heading("추진과제별 실행계획", number="2"),
        *_projects(content),
        PageBreak(),
        *_next_year(content, texts),
        *_evaluation(content, texts),
        *_budget(content),
    )


def _background(texts: Document, base: Document) -> list[Block]:
    """Return chapter 1 in the order of the form; a section left to the base plan names its place there."""
    last = (("성과", "last_year_results"), ("한계", "last_year_limits"), ("개선과제", "improvements"))
    blocks: list[Block] = [Heading("수립배경", level=2, number="1.1")]
    blocks += prose(texts.get("background", "")) + prose(texts.get("purpose", "")) or (Note(LACKING),)
    blocks.append(Heading("전년도 추진성과 및 한계", level=2, number="1.2"))
    blocks += parted(tuple((title, texts.get(key, "")) for title, key in last))
    rest = (("standing", "계획의 위상과 범위"), ("direction", "계획의 추진방향"), ("made_how", "계획의 수립과정"))
    for place, (key, title) in enumerate((*rest, ("bodies", "추진체계")), 3):
        blocks.append(Heading(title, level=2, number=f"1.{place}"))
        blocks += prose(texts.get(key, ""), lacking=_in_base(key, base))
    return blocks


def _in_base(key: str, base: Document) -> str:
    """Say where the base plan has the section that the action plan leaves to it (G 2.2.3(2))."""
    number = next(number for number, found, _title in overview_sections(base) if found == key)
    return f"기본계획의 {number} 절을 따른다." if base.get(key, "").strip() else LACKING


def _projects(content: Document) -> list[Block]:
    """Return chapter 2: under each task its projects, each on a page of its own."""
    blocks: list[Block] = []
    for group in groups_of(content):
        for place, number in enumerate(group.projects, 1):
            page = sheet(content, number)
            if page is None:
                continue
            blocks += [PageBreak()] if blocks else []
            if place == 1:
                blocks += [Heading(group.title, number=group.number), *prose(group.summary)]
            else:
                blocks.append(Note(kicker(page)))
            blocks.append(Heading(page.entry["title"], number=f"{group.number}.{place}"))
            blocks += agenda_blocks(page, level=2, fiscal_year=content["plan"]["fiscal_year"])
    return blocks or [Note(LACKING)]


def _next_year(content: Document, texts: Document) -> list[Block]:
    """Return what the foundation work must say: next year's plan and participatory budgeting (PLAN-5, PLAN-6)."""
    number = f"2.{len(groups_of(content)) + 1}"
    return [
        Heading("협치기반 구축: 다음 해 준비", number=number),
        *section(f"{number}.1", "다음 해 실행계획의 수립", texts.get("how_next_year_is_made", ""), level=2),
        *section(f"{number}.2", "구 주민참여예산과의 연계", texts.get("district_participatory_budgeting", ""), level=2),
    ]


def _evaluation(content: Document, texts: Document) -> list[Block]:
    """Return chapter 3: how the year is evaluated, and every indicator of the projects."""
    blocks: list[Block] = [*section("3", "성과평가계획", texts.get("evaluation", ""), level=1)]
    groups = [
        (f"{entry['id']} {entry['title']}", content["projects"][entry["id"]]["indicators"])
        for entry in content["plan"]["projects"]
    ]
    if any(rows for _title, rows in groups):
        blocks.append(indicators(groups, caption="의제별 성과지표"))
    return blocks


def _budget(content: Document) -> list[Block]:
    """Return chapter 4: the budget by kind of money, by source and item, and by project (G 3.3.4, G 3.4.1)."""
    summary = rulebook.summary(rulebook.plan_from_dict(content["plan"]), view_of(content))
    return [
        PageBreak(),
        Heading("예산계획", number="4"),
        Heading("예산 성격에 따른 구분(경상·자본)", level=2, number="4.1"),
        by_kind(summary),
        Heading("재원 조달에 따른 구분(시·구)", level=2, number="4.2"),
        by_item(summary),
        Heading("의제별 예산계획", level=2, number="4.3"),
        by_project(content, summary),
    ]
