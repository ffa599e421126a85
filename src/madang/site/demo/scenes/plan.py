"""The plan of Dobong: written in June, broken on the 18th, mended, approved on 3 July and submitted on the 7th."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from madang.ground.bodies.operations import close_meeting, open_meeting
from madang.ground.bodies.states import Ballot
from madang.plan.plans.models import Project
from madang.plan.plans.operations import (
    LineInput,
    add_foundation_project,
    add_project_from_agenda,
    edit_plan,
    edit_project,
    freeze_version,
    put_to_council,
    save_budget,
    save_goal,
    save_task,
    start_plan,
)
from madang.plan.plans.queries import latest_version
from madang.plan.plans.states import Part
from madang.plan.review.operations import Letter, submit_plan
from madang.site.demo import content
from madang.site.demo.scenes import who
from madang.site.demo.scenes.meetings import council, decide, meeting_of, present_at
from madang.site.demo.scenes.scene import Scene, moment
from madang.site.demo.scenes.texts import project_texts, sections

MENDED_AT = moment(date(2020, 6, 25), 10, 20)
FROZEN_AT = moment(date(2020, 6, 29), 14)
SUBMITTED_AT = moment(date(2020, 7, 7), 11)
ABSENT = ("hadohun", "gongbada")
VOTES = {Ballot.YES: 22, Ballot.ABSTAIN: 1}
MINUTES = (
    "2021년 실행계획과 제2기 기본계획을 처음부터 끝까지 함께 읽었다. 6월 초안에서 막혔던 두 곳을 어떻게 고쳤는지 "
    "환경분과와 청년나다움 포럼이 설명했다. 시설마다 돌보는 사람이 적혀 있는지 하나씩 확인하고 승인했다."
)


def scenes() -> Iterator[Scene]:
    """Yield the writing, the broken draft, the mending, the approval and the submission."""
    yield Scene(moment(date(2020, 6, 8)), "plan started", _start)
    yield Scene(moment(date(2020, 6, 12)), "projects written", _projects)
    yield Scene(content.broken()["saved_at"], "budget drafted", partial(_save, "broken"))
    yield Scene(MENDED_AT, "budget mended", partial(_save, "mended"))
    yield Scene(FROZEN_AT, "version frozen", _freeze)
    yield Scene(_meeting()["held_at"], "plan approved", _approve)
    yield Scene(SUBMITTED_AT, "plan submitted", _submit)


def _start(at: datetime) -> None:
    staff, written = who.acting("mungaram", at), content.plan()
    plan = start_plan(district=who.district(), cycle=who.cycle(), actor=staff, at=at)
    base = written["base_plan"]
    edit_plan(
        plan=plan, vision=base["vision"], vision_note=base["vision_note"], texts=sections(written), actor=staff, at=at
    )
    goals = {
        entry["number"]: save_goal(
            plan=plan, number=entry["number"], title=entry["title"], summary=entry["summary"], actor=staff, at=at
        )
        for entry in written["goal"]
    }
    for entry in written["task"]:
        save_task(
            plan=plan,
            goal=goals[entry["goal"]],
            number=entry["number"],
            title=entry["title"],
            summary=entry["summary"],
            actor=staff,
            at=at,
        )


def _projects(at: datetime) -> None:
    staff, plan = who.acting("mungaram", at), who.plan()
    tasks = {task.number: task for task in plan.tasks.all()}
    for entry in content.plan()["project"]:
        task = tasks[entry["task"]]
        if entry["agenda"]:
            project = add_project_from_agenda(
                plan=plan, agenda=who.agenda(entry["agenda"]), part=Part(entry["part"]), task=task, actor=staff, at=at
            )
        else:
            project = add_foundation_project(plan=plan, title=entry["title"], task=task, actor=staff, at=at)
        if project.number != entry["key"]:
            raise ValueError(f"project {entry['key']} of the example got the number {project.number}")
        edit_project(project=project, actor=staff, at=at, **project_texts(entry))


def _save(variant: content.Variant, at: datetime) -> None:
    staff, plan = who.acting("mungaram", at), who.plan()
    for entry in content.plan(variant)["project"]:
        project = plan.projects.get(number=entry["key"])
        lines = _lines(project, entry)
        if lines != _saved(project):
            save_budget(project=project, lines=lines, actor=staff, at=at)


def _lines(project: Project, entry: dict[str, Any]) -> list[LineInput]:
    """Return the lines of a project as they are to be saved; a line keeps its number when its amounts change."""
    stored = list(project.lines.values_list("pk", flat=True))
    numbers = [*stored, *[None] * (len(entry["lines"]) - len(stored))]
    return [line_input(line, number) for line, number in zip(entry["lines"], numbers, strict=True)]


def line_input(line: dict[str, Any], number: int | None = None) -> LineInput:
    """Return a line of the content as the budget takes it."""
    return LineInput(
        item=line["item"],
        basis=line["basis"],
        city_kwon=line["city"],
        district_kwon=line["district"],
        national_kwon=line["national"],
        other_kwon=line["other"],
        flags=tuple(line["flags"]),
        reason=line["reason"],
        register_of_goods=line["register_of_goods"],
        line_id=number,
    )


def _saved(project: Project) -> list[LineInput]:
    columns = ("item", "basis", "city_kwon", "district_kwon", "national_kwon", "other_kwon", "reason")
    return [
        LineInput(
            **{column: getattr(line, column) for column in columns},
            flags=tuple(line.flags),
            register_of_goods=line.register_of_goods,
            line_id=line.pk,
        )
        for line in project.lines.all()
    ]


def _freeze(at: datetime) -> None:
    freeze_version(plan=who.plan(), actor=who.acting("mungaram", at), at=at)


def _meeting() -> dict[str, Any]:
    """Return the meeting at which the council decides on the plan."""
    return next(entry for entry in council()["meeting"] if entry["state"] == "called")


def _approve(at: datetime) -> None:
    staff, body = who.acting("seodaon", at), who.body("council")
    meeting = meeting_of(body, _meeting()["held_at"])
    present = present_at(body, at.date(), [who.people_by_key()[key]["email"] for key in ABSENT])
    version = latest_version(who.plan())
    assert version is not None
    open_meeting(meeting=meeting, present=[member.pk for member in present], actor=staff, at=at)
    motion = put_to_council(version=version, meeting=meeting, actor=staff, at=at + timedelta(minutes=5))
    decide(motion, present, VOTES, staff, at + timedelta(minutes=70))
    close_meeting(meeting=meeting, minutes=MINUTES, actor=staff, at=at + timedelta(minutes=90))


def _submit(at: datetime) -> None:
    letter = Letter(
        consultation="구 주민참여예산위원회와 같은 심사표로 제안을 읽고, 협치회의 분과와 위원회가 세 번 함께 모였다.",
        goal="곁에서 함께 정하고 함께 돌보는 도봉을 주민이 고른 의제 아홉 개로 이룬다.",
        background="제2기 기본계획의 첫해로, 5월 투표에 주민 2,006명이 함께했다.",
        content="분야별 협치과제 여덟 개와 협치기반구축 세 개의 세부사업을 담았다.",
        schedule="2021년 1월부터 12월까지 실행하고 분기마다 협치포럼이 점검한다.",
        public_head="이도봉 도봉구청장(예시)",
        private_head="윤서하 민간 공동의장",
        public_staff="문가람 지속가능정책담당관 주무관",
        private_staff="한지원 협치지원관",
        contacts="mungaram@dobong.example, hanjiwon@dobong.example",
    )
    submit_plan(plan=who.plan(), letter=letter, actor=who.acting("mungaram", at), at=at)
