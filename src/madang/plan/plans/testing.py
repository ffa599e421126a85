"""Pieces that tests of this and later rooms need: a district whose plan lacks nothing, and steps on the way there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from madang.decide.agendas.models import Agenda
from madang.decide.forums.models import Forum
from madang.decide.forums.states import ForumKind
from madang.ground.bodies import operations as bodies
from madang.ground.bodies.models import Body, Meeting, Motion
from madang.ground.bodies.states import Ballot
from madang.ground.bodies.testing import council
from madang.ground.cycles.models import Cycle, DistrictYear
from madang.ground.cycles.states import Participation
from madang.ground.people.actors import Actor
from madang.ground.people.roles import Role
from madang.ground.people.testing import holder
from madang.ground.places.models import District
from madang.plan.plans import operations
from madang.plan.plans.models import Plan, PlanVersion, Project
from madang.plan.plans.operations import LineInput
from madang.plan.plans.sections import SECTIONS

_numbers = count(1)


@dataclass
class Room:
    """A district with staff, a council and a plan; every step is taken in the ordinary way."""

    plan: Plan
    staff: Actor
    council: Body
    at: datetime

    @property
    def district(self) -> District:
        return self.plan.district

    def project(self, part: str = "sectoral") -> Project:
        return self.plan.projects.select_related("plan__district", "plan__cycle").filter(part=part).first()

    def freeze(self) -> PlanVersion:
        return operations.freeze_version(plan=self.plan, actor=self.staff, at=self.at)

    def call(self, *, at: datetime | None = None) -> Meeting:
        at = at or self.at
        return bodies.call_meeting(
            body=self.council, title="협치회의", place="구청", held_at=at, actor=self.staff, at=at
        )

    def open(self, meeting: Meeting) -> None:
        present = list(self.council.members.values_list("pk", flat=True))
        bodies.open_meeting(meeting=meeting, present=present, actor=self.staff, at=self.at)

    def put(self, version: PlanVersion, meeting: Meeting) -> Motion:
        return operations.put_to_council(version=version, meeting=meeting, actor=self.staff, at=self.at)

    def vote(self, motion: Motion, *, yes: int = 10) -> None:
        ballots = dict.fromkeys(self.council.members.all()[:yes], Ballot.YES)
        if ballots:
            bodies.cast_votes(motion=motion, ballots=ballots, actor=self.staff, at=self.at)
        bodies.close_motion(motion=motion, actor=self.staff, at=self.at)

    def approve(self, version: PlanVersion | None = None) -> PlanVersion:
        """Carry the newest (or the given) version through a meeting of the council."""
        version = version or self.freeze()
        meeting = self.call()
        self.open(meeting)
        self.vote(self.put(version, meeting))
        self.plan.refresh_from_db()
        return version


def chosen_agenda(district: District, cycle: Cycle, at: datetime, *, state: str = "chosen") -> Agenda:
    """Return an agenda of a district in a state."""
    number = next(_numbers)
    return Agenda.objects.create(
        district=district,
        cycle=cycle,
        number=number,
        title=f"밤길을 밝히는 일 {number}",
        summary="어두운 길을 함께 밝혀요.",
        state=state,
        created_at=at,
    )


def district_year(at: datetime, *, district: str = "dobong") -> DistrictYear:
    """Return the year of a district that carries out a plan."""
    cycle = Cycle.objects.get_or_create(planning_year=at.year)[0]
    place = District.objects.get(slug=district)
    return DistrictYear.objects.get_or_create(
        cycle=cycle, district=place, defaults={"participation": Participation.CARRYING_OUT}
    )[0]


def room(at: datetime, *, district: str = "dobong") -> Room:
    """Return a district with an empty plan, its staff and a council that keeps the rules."""
    year = district_year(at, district=district)
    staff = holder(Role.SUPPORT_OFFICER, at, district=district)
    plan = operations.start_plan(district=year.district, cycle=year.cycle, actor=staff, at=at)
    return Room(plan, staff, council(district=district), at)


def ready_room(at: datetime, *, district: str = "dobong") -> Room:
    """Return a district whose draft has nothing that blocks: texts, goals, a sectoral and a foundation project."""
    found = room(at, district=district)
    plan, who = found.plan, {"actor": found.staff, "at": at}
    texts = {(section.part.value, section.key): "적은 글이에요." for section in SECTIONS}
    operations.edit_plan(plan=plan, vision="곁에서 함께 정하는 마을", texts=texts, **who)
    goal = operations.save_goal(plan=plan, number="1", title="걷고 머무는 동네", **who)
    task = operations.save_task(plan=plan, goal=goal, number="1-1", title="안심하고 걷기", **who)
    for kind in (ForumKind.DONG, ForumKind.OPEN):
        Forum.objects.create(
            district=plan.district,
            cycle=plan.cycle,
            kind=kind,
            title="공론장",
            place="주민센터",
            starts_at=at - timedelta(days=30),
            ends_at=at - timedelta(days=30) + timedelta(hours=2),
            state="recorded",
            recorded_at=at,
        )
    agenda = chosen_agenda(plan.district, plan.cycle, at)
    sectoral = operations.add_project_from_agenda(plan=plan, agenda=agenda, task=task, **who)
    operations.save_budget(project=sectoral, lines=[LineInput("201-01", "6회 × 500,000원", city_kwon=3000)], **who)
    foundation = operations.add_foundation_project(plan=plan, title="협치학교", task=task, **who)
    operations.save_budget(project=foundation, lines=[LineInput("201-03", "4회 × 500,000원", city_kwon=2000)], **who)
    return found
