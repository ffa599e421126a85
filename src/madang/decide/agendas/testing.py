"""Pieces that tests of agendas, here and in later rooms, need: a district at work, with agendas at every stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from madang.decide.agendas.models import Agenda, DepartmentReview, Proposal
from madang.decide.agendas.operations.criteria import Judgement, judge_criteria
from madang.decide.agendas.operations.merging import merge
from madang.decide.agendas.operations.reviews import answer_review, ask_departments
from madang.decide.agendas.states import Criterion, Origin
from madang.decide.forums.models import Forum
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.people.actors import Actor
from madang.ground.people.models import Department
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder, resident
from madang.ground.places.models import District

ALL_MET = {criterion: Judgement(True, "함께 이야기한 기록이 있어요.") for criterion in Criterion}


@dataclass
class Hall:
    """A district's year with its people; every method takes one step in the ordinary way."""

    district: District
    cycle: Cycle
    year: DistrictYear
    at: datetime
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def staff(self, district: str = "dobong") -> Actor:
        return holder(Role.SUPPORT_OFFICER, self.at, district=district)

    def officer(self, department: str = "공원녹지과", district: str = "dobong") -> Actor:
        return holder(Role.DEPARTMENT_OFFICER, self.at, district=district, department=department)

    def reviewer(self, district: str = "dobong") -> Actor:
        return holder(Role.SUBCOMMITTEE_MEMBER, self.at, district=district)

    def enter(self, stage: str) -> None:
        DistrictYear.objects.filter(pk=self.year.pk).update(state=stage)

    def proposal(self, proposer: Actor | None = None, **columns: object) -> Proposal:
        """Return a received proposal; one with a ``proposer_name`` was written down for somebody without an account."""
        number = next(self._numbers)
        if proposer is None and "proposer_name" not in columns:
            proposer = resident(self.at)
        values: dict[str, object] = {
            "district": self.district,
            "cycle": self.cycle,
            "number": number,
            "title": f"방학천 불빛 {number}",
            "problem": f"산책로가 어두워서 돌아가요. {number}번째로 쓰는 글이에요.",
            "origin": Origin.ONLINE,
            "proposer": proposer.person if proposer is not None else None,
            "proposed_at": self.at - timedelta(days=40) + timedelta(hours=number),
        }
        return Proposal.objects.create(**(values | columns))

    def forum(self, state: str = "recorded") -> Forum:
        start = self.at - timedelta(days=60)
        return Forum.objects.create(
            district=self.district,
            cycle=self.cycle,
            kind="dong",
            title="방학1동 공론장",
            place="주민센터",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            state=state,
        )

    def agenda(self, *proposals: Proposal, title: str = "밤에도 걷고 싶은 방학천") -> Agenda:
        return merge(
            proposals=proposals or [self.proposal(), self.proposal()],
            title=title,
            summary="낮은 불빛과 의자를 함께 놓아요.",
            reason="같은 길의 어두움을 말씀하셨어요.",
            actor=self.staff(),
            at=self.at,
        )

    def asked(self, agenda: Agenda | None = None, *names: str) -> list[DepartmentReview]:
        departments = [
            Department.objects.get_or_create(district=self.district, name=name)[0] for name in names or ("공원녹지과",)
        ]
        return ask_departments(
            agenda=agenda or self.agenda(),
            departments=departments,
            due_on=timezone.localdate(self.at) + timedelta(days=7),
            actor=self.staff(),
            at=self.at,
        )

    def answered(self, agenda: Agenda | None = None, verdict: str = "feasible") -> Agenda:
        """Return an agenda whose one department has answered."""
        review = self.asked(agenda)[0]
        self.answer(review, verdict)
        return review.agenda

    def answer(self, review: DepartmentReview, verdict: str = "feasible", actor: Actor | None = None) -> None:
        answer_review(
            review=review,
            verdict=verdict,
            reason="하천 점용허가 범위 안에서 할 수 있어요.",
            conditions="낮은 조명만" if verdict == "conditional" else "",
            actor=actor or self.officer(review.department.name),
            at=self.at,
        )

    def judge(self, agenda: Agenda, *unmet: Criterion, actor: Actor | None = None) -> None:
        judgements = ALL_MET | {criterion: Judgement(False, "아직 모자라요.") for criterion in unmet}
        judge_criteria(agenda=agenda, judgements=judgements, actor=actor or self.reviewer(), at=self.at)
