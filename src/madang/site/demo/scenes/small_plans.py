"""Small plans of a few other districts: a council, a plan of the chosen agendas, its approval, and the submission."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from madang.ground.bodies.models import Body
from madang.ground.bodies.operations import (
    Seat,
    call_meeting,
    close_meeting,
    found_body,
    open_meeting,
    seat_member,
)
from madang.ground.bodies.states import Ballot, BodyKind, Gender, MemberClass
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
from madang.plan.plans.queries import chosen_agendas, latest_version
from madang.plan.plans.states import TextPart
from madang.plan.review.operations import Letter, UnableToSubmit, submit_plan
from madang.site.demo.scenes import who
from madang.site.demo.scenes.districts import DEPARTMENT, address, officer_of, others
from madang.site.demo.scenes.meetings import decide, meeting_of, present_at
from madang.site.demo.scenes.names import name_for
from madang.site.demo.scenes.scene import Scene, moment

# The whole grant in thousand won, seven tenths of it for the agendas (BUDGET-1, BUDGET-16).
SECTORAL_KWON, FOUNDATION_KWON = 700_000, 300_000
COUNCIL = (
    ("구청장(예시)", MemberClass.ADMINISTRATION, Gender.MALE),
    ("협치 담당 국장", MemberClass.ADMINISTRATION, Gender.FEMALE),
    *((f"위원 {place}", MemberClass.PRIVATE, (Gender.FEMALE, Gender.MALE)[place % 2]) for place in range(1, 9)),
)
TEXTS = {
    (TextPart.BASE.value, "background"): "주민이 묻고 행정이 함께 답하는 세 해의 계획이다.",
    (TextPart.BASE.value, "made_how"): "공론장에서 나온 제안을 의제로 다듬고 주민이 투표로 골랐다.",
    (TextPart.BASE.value, "funding"): "구비로 함께할 몫을 해마다 늘리고 구 주민참여예산과 잇는다.",
    (TextPart.ACTION.value, "purpose"): "주민이 고른 의제를 한 해 안에 눈에 보이게 이룬다.",
    (TextPart.ACTION.value, "how_next_year_is_made"): "봄마다 동에서 공론장을 열고 가을에 이어 갈 의제를 가린다.",
    (TextPart.ACTION.value, "district_participatory_budgeting"): "구 주민참여예산위원회와 같은 심사표를 쓴다.",
    (TextPart.ACTION.value, "evaluation"): "분기마다 주민과 부서가 같은 점검표로 돌아본다.",
    (TextPart.PROCESS.value, "planning"): "공론장에서 묻고, 의제를 살펴 투표로 고르고, 협치회의가 함께 읽었다.",
}
Entry = dict[str, Any]


def scenes() -> Iterator[Scene]:
    """Yield how each of these plans is written, approved and submitted."""
    yield Scene(moment(date(2020, 1, 14)), "councils of the districts", _councils)
    for entry in _planning():
        slug, council_at = entry["slug"], moment(entry["plan"]["council_on"], 16)
        yield Scene(council_at - timedelta(days=14), f"{slug} plan written", partial(_write, slug))
        yield Scene(council_at - timedelta(days=8), f"{slug} council called", partial(_call, slug, council_at))
        yield Scene(council_at, f"{slug} plan approved", partial(_approve, slug))
        yield Scene(moment(entry["plan"]["submitted_on"], 14), f"{slug} plan submitted", partial(_submit, slug))


def _planning() -> list[Entry]:
    return [entry for entry in others() if "plan" in entry]


def _council(slug: str) -> Body:
    return Body.objects.get(district__slug=slug, kind=BodyKind.COUNCIL)


def _councils(at: datetime) -> None:
    for entry in _planning():
        slug = entry["slug"]
        staff, district = who.acting_as(officer_of(slug), at), who.district(slug)
        body = found_body(
            district=district,
            kind=BodyKind.COUNCIL,
            name=f"협치{district.short_name}회의",
            since_on=date(2019, 3, 4),
            actor=staff,
            at=at,
        )
        for position, member_class, gender in COUNCIL:
            is_private = member_class == MemberClass.PRIVATE
            seat = Seat(
                name=name_for(f"{slug}|{position}"),
                member_class=member_class,
                appointed=is_private,
                elected=position.startswith("구청장"),
                gender=gender,
                position="위원" if is_private else position,
            )
            seat_member(body=body, seat=seat, starts_on=date(2020, 1, 1), actor=staff, at=at)


def _write(slug: str, at: datetime) -> None:
    """Write the whole plan: one project for each chosen agenda, two of governance-foundation work."""
    staff, district = who.acting_as(officer_of(slug), at), who.district(slug)
    plan = start_plan(district=district, cycle=who.cycle(), actor=staff, at=at)
    vision = f"묻고 답하며 함께 사는 {district.short_name}"
    edit_plan(plan=plan, vision=vision, texts=TEXTS, actor=staff, at=at)
    tasks = []
    for number, title in (("1", "함께 정하는 힘"), ("2", "가까이에서 돌보는 동네")):
        goal = save_goal(plan=plan, number=number, title=title, actor=staff, at=at)
        tasks.append(save_task(plan=plan, goal=goal, number=f"{number}-1", title=title, actor=staff, at=at))
    foundation, sectoral = tasks
    agendas = list(chosen_agendas(plan))
    for agenda in agendas:
        project = add_project_from_agenda(plan=plan, agenda=agenda, task=sectoral, actor=staff, at=at)
        _fill(project, SECTORAL_KWON // len(agendas), at)
    for title in ("이웃이 이끄는 공론장", "다음 해 의제 함께 찾기"):
        project = add_foundation_project(plan=plan, title=title, task=foundation, actor=staff, at=at)
        _fill(project, FOUNDATION_KWON // 2, at)
    freeze_version(plan=plan, actor=staff, at=at + timedelta(days=1))


def _fill(project: Project, kwon: int, at: datetime) -> None:
    """Give a project its texts and lines that come to an amount of city money in thousand won."""
    staff = who.acting_as(officer_of(project.plan.district.slug), at)
    lines = _lines(kwon)
    save_budget(project=project, lines=lines, actor=staff, at=at)
    edit_project(
        project=project,
        one_line=f"{project.need or project.title}.",
        goals="주민이 이끄는 모임을 달마다 한 번 넘게 연다.",
        parties=[
            {"kind": "lead", "name": DEPARTMENT, "role": "자리와 안내"},
            {"kind": "partner", "name": "동네 주민 모임", "role": "진행과 돌봄"},
        ],
        joint_departments=[DEPARTMENT],
        joint_partners=["동네 주민 모임"],
        joint_when="매달 첫째 수요일 19시",
        joint_how="주민 모임과 부서가 같은 점검표를 보며 다음 달 일을 정한다.",
        actor=staff,
        at=at,
    )


def _lines(kwon: int) -> list[LineInput]:
    """Return lines whose bases come to their amounts and which together come to the whole."""
    gatherings = kwon * 3 // 10 // 2_500
    days = kwon * 3 // 10 // 800
    rest = kwon - gatherings * 2_500 - days * 800
    return [
        LineInput("201-03", f"함께하는 날 {gatherings}회 × 2,500,000원", city_kwon=gatherings * 2_500),
        LineInput("301-09", f"주민 활동 {days}명 × 40일 × 20,000원", city_kwon=days * 800),
        LineInput("201-01", f"진행과 기록, 안내 1식 × {rest * 1000:,}원", city_kwon=rest),
    ]


def _call(slug: str, held_at: datetime, at: datetime) -> None:
    call_meeting(
        body=_council(slug),
        title="2021년 계획을 심의하는 회의",
        place=f"{who.district(slug).name}청 회의실",
        held_at=held_at,
        actor=who.acting_as(officer_of(slug), at),
        at=at,
    )


def _approve(slug: str, at: datetime) -> None:
    staff, body = who.acting_as(officer_of(slug), at), _council(slug)
    meeting, present = meeting_of(body, at), present_at(body, at.date())
    version = latest_version(who.plan(slug))
    assert version is not None
    open_meeting(meeting=meeting, present=[member.pk for member in present], actor=staff, at=at)
    motion = put_to_council(version=version, meeting=meeting, actor=staff, at=at)
    decide(motion, present, {Ballot.YES: len(present) - 1, Ballot.ABSTAIN: 1}, staff, at + timedelta(minutes=50))
    minutes = "의제마다 누가 언제 무엇을 맡는지 하나씩 확인하고 계획을 승인했다."
    close_meeting(meeting=meeting, minutes=minutes, actor=staff, at=at + timedelta(minutes=60))


def _submit(slug: str, at: datetime) -> None:
    """Submit the plan; one that comes too late is refused and kept, which is how the example wants it."""
    district = who.district(slug)
    head, deputy = (name_for(f"{slug}|{position}") for position, _class, _gender in COUNCIL[:2])
    letter = Letter(
        consultation="구 주민참여예산위원회와 함께 의제를 읽고 맡을 일을 나누었다.",
        goal=f"주민이 고른 의제로 {district.short_name}의 한 해를 함께 바꾼다.",
        background="공론장과 우선순위 투표를 거쳐 정한 의제를 담았다.",
        content="분야별 협치과제와 협치기반구축의 세부사업을 담았다.",
        schedule="2021년 1월부터 12월까지 실행한다.",
        public_head=f"{head} 구청장(예시)",
        private_head=f"{name_for(f'{slug}|위원 1')} 위원",
        public_staff=f"{deputy} 국장",
        private_staff=name_for(f"{slug}|support"),
        contacts=address(slug, "support"),
    )
    with suppress(UnableToSubmit):
        submit_plan(plan=who.plan(slug), letter=letter, actor=who.acting_as(officer_of(slug), at), at=at)
