"""The base plan of three years (기본계획, appendix 4)."""

from __future__ import annotations

from madang.engines.papers import Block, Heading, Note, Paragraph, Row, Run, Table, group_row
from madang.engines.papers import Column as Col
from madang.plan.plans.papers.prose import LACKING, prose, section
from madang.plan.plans.queries.documents import Document

# Chapter, then its sections: key of the text and the title that the form gives it.
OVERVIEW = (
    ("background", "계획의 수립배경"),
    ("results", "지난 계획의 성과와 한계"),
    ("standing", "계획의 위상과 범위"),
    ("direction", "계획의 추진방향"),
    ("made_how", "계획의 수립과정"),
    ("bodies", "추진체계"),
)
SURVEY = (
    ("survey_outline", "조사 및 분석 개요"),
    ("survey_conditions", "민관협치 여건 분석"),
    ("survey_related_plans", "관련계획 및 정책분석"),
    ("survey_synthesis", "종합분석 및 과제 도출"),
)
REALISATION = (("funding", "재원조달계획"), ("roadmap", "단계별 로드맵"))


def base_blocks(content: Document) -> tuple[Block, ...]:
    """Return the base plan in the order of the form: overview, survey, concept, tasks, evaluation, realisation."""
    base = content["base"]
    texts = base["texts"]
    return (
        Heading(f"기본계획 ({base['first_year']}–{base['last_year']})", number="Ⅰ"),
        Heading("개요", number="1"),
        *_overview(texts),
        Heading("현황조사 및 분석", number="2"),
        *_sections("2", SURVEY, texts),
        Heading("기본구상", number="3"),
        *_concept(base),
        Heading("추진과제별 계획", number="4"),
        *_tasks(content),
        *section("5", "성과평가 및 환류계획", texts.get("evaluation", ""), level=1),
        Heading("계획의 실현", number="6"),
        *_sections("6", REALISATION, texts),
    )


def _sections(chapter: str, titles: tuple[tuple[str, str], ...], texts: Document) -> list[Block]:
    blocks: list[Block] = []
    for place, (key, title) in enumerate(titles, 1):
        blocks += section(f"{chapter}.{place}", title, texts.get(key, ""), level=2)
    return blocks


def _overview(texts: Document) -> list[Block]:
    """Return chapter 1; results and limits stand in it from a district's second base plan on."""
    blocks: list[Block] = []
    for number, key, title in overview_sections(texts):
        if key == "results":
            blocks.append(Heading(title, level=2, number=number))
            blocks += parted((("성과", texts.get("results", "")), ("한계와 개선과제", texts.get("limits", ""))))
        else:
            blocks += section(number, title, texts.get(key, ""), level=2)
    return blocks


def overview_sections(texts: Document) -> list[tuple[str, str, str]]:
    """Return number, key and title of each section of chapter 1 that the plan has."""
    told = [entry for entry in OVERVIEW if entry[0] != "results" or texts.get("results") or texts.get("limits")]
    return [(f"1.{place}", key, title) for place, (key, title) in enumerate(told, 1)]


def parted(parts: tuple[tuple[str, str], ...]) -> list[Block]:
    """Return several texts of one section, each under a small heading; said to be empty when all are."""
    blocks: list[Block] = []
    for title, text in parts:
        if text.strip():
            blocks += [Heading(title, level=3), *prose(text)]
    return blocks or [Note(LACKING)]


def _concept(base: Document) -> list[Block]:
    """Return chapter 3: the vision, and goals with their tasks as one table."""
    if not (base["vision"] or base["goals"]):
        return [Note(LACKING)]
    blocks: list[Block] = [*prose(base["vision_note"])]
    rows: list[Row] = [group_row(f"비전  {base['vision']}", columns=3)] if base["vision"] else []
    for goal in base["goals"]:
        own = [task for task in base["tasks"] if task["goal"] == goal["number"]]
        name = f"{goal['number']} {goal['title']}"
        for place, task in enumerate(own or [None]):
            told = (f"{task['number']} {task['title']}", task["summary"]) if task else ("", "")
            rows.append(Row((name if place == 0 else "", *told)))
    return [
        *blocks,
        Table(columns=(Col("목표"), Col("추진과제"), Col("내용")), rows=tuple(rows), caption="비전·목표·추진과제"),
    ]


def _tasks(content: Document) -> list[Block]:
    """Return chapter 4: under each goal its tasks with what they say and this year's projects."""
    base = content["base"]
    blocks: list[Block] = []
    goals = {goal["number"]: goal for goal in base["goals"]}
    told: set[str] = set()
    for place, task in enumerate(base["tasks"], 1):
        goal = goals[task["goal"]]
        blocks.append(Heading(f"추진과제 {task['number']} {task['title']}", level=2, number=f"4.{place}"))
        if goal["number"] not in told and goal["summary"]:
            blocks.append(Paragraph((Run(f"목표 {goal['number']} {goal['title']}  ", bold=True), Run(goal["summary"]))))
        told.add(goal["number"])
        blocks += prose(task["summary"])
        blocks += _this_year(content, task["number"])
    return blocks or [Note(LACKING)]


def _this_year(content: Document, task: str) -> list[Block]:
    plan = content["plan"]
    titles = [f"{entry['title']}({entry['id']})" for entry in plan["projects"] if entry["task"] == task]
    return [Note(f"{plan['fiscal_year']}년 실행: {', '.join(titles)}")] if titles else []
