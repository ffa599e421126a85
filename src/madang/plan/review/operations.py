from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from madang.ground.audit.operations import operation
from madang.ground.cycles.operations import enter_stage
from madang.ground.cycles.queries import deadline, year_of
from madang.ground.notices.operations import tell
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo
from madang.plan.plans.models import Plan, PlanVersion
from madang.plan.plans.operations import mark_submitted
from madang.plan.plans.queries.plans import approved_version
from madang.plan.plans.queries.waivers import ruling
from madang.plan.review.models import LateSubmission, Reopening, Submission
from madang.plan.review.queries import city_readers, handing_in, last_instant, said_of

SECOND = timedelta(seconds=1)


class UnableToSubmit(UnableTo):
    """The plan cannot be submitted; the reason says what stands in the way."""


class UnableToReopen(UnableTo):
    """The submission cannot be reopened as asked."""


@dataclass(frozen=True)
class Letter:
    """What form 3-1 asks beside the plan: consultation, goal, content, schedule, heads and working staff."""

    consultation: str
    goal: str
    background: str
    content: str
    schedule: str
    public_head: str
    private_head: str
    public_staff: str
    private_staff: str
    contacts: str = ""


def submit_plan(*, plan: Plan, letter: Letter, actor: Actor, at: datetime) -> Submission:
    """Submit the version that the council approved to the city, by the last day of the calendar (P 4, PLAN-9, CITY-2).

    The city governance officer and the deliberative-budget officer are told. A late one is refused with the reason
    and kept whole, unless the city has reopened it (CITY-8). Raises ``UnableToSubmit``.
    """
    require(actor, "review.submit", plan)
    version = _version_to_submit(plan, at)
    _refuse_late(plan, version, letter, actor, at)
    with operation("review.submit", actor=actor, at=at):
        mark_submitted(plan=plan, version=version, actor=actor, at=at)
        submission = Submission.objects.create(
            plan=plan, version=version, submitted_by_id=actor.person_id, submitted_at=at, **asdict(letter)
        )
        year = year_of(plan.district, plan.cycle)
        if year is not None:
            enter_stage(year=year, stage="submitted", actor=actor, at=at)
        _tell_city(submission, at)
    return submission


def _version_to_submit(plan: Plan, at: datetime) -> PlanVersion:
    """Return exactly the version that the council approved, if the draft is still that and nothing blocks."""
    if plan.state == "submitted":
        raise UnableToSubmit(_("이미 서울시에 낸 계획이에요."))
    judged = handing_in(plan)
    if not judged.ok:
        raise UnableToSubmit(said_of(judged.findings))
    version = approved_version(plan)
    assert version is not None
    blocking = [found.rule for found in ruling(plan, day=timezone.localdate(at)).blocking]
    if blocking:
        raise UnableToSubmit(_("기준이 막는 항목이 있어요: %(rules)s.") % {"rules": ", ".join(sorted(set(blocking)))})
    return version


def _refuse_late(plan: Plan, version: PlanVersion, letter: Letter, actor: Actor, at: datetime) -> None:
    closed_at = last_instant(plan)
    if at < closed_at:
        return
    reason = _("제출은 %(day)s에 끝났어요. 쓰신 내용은 그대로 보관했어요. 서울시에 다시 열어 달라고 해 주세요.") % {
        "day": formats.date_format(timezone.localtime(deadline(plan.cycle, "submission") - SECOND), "Y. n. j.")
    }
    with operation("review.keep_late", actor=actor, at=at, reason=reason):
        LateSubmission.objects.create(
            plan=plan,
            version=version,
            tried_by_id=actor.person_id,
            tried_at=at,
            closed_at=closed_at,
            reason=reason,
            **asdict(letter),
        )
    raise UnableToSubmit(reason)


def _tell_city(submission: Submission, at: datetime) -> None:
    plan = submission.plan
    tell(
        person_ids=city_readers(at),
        key=f"submission-{submission.pk}",
        subject=_("%(district)s 계획이 들어왔어요") % {"district": plan.district.name},
        body=_("%(district)s 협치회의가 승인한 %(number)d판이에요.")
        % {"district": plan.district.name, "number": submission.version.number},
        link=reverse("review:submission", args=[plan.district.slug, plan.fiscal_year]),
        at=at,
    )


def reopen_submission(*, plan: Plan, until_at: datetime, reason: str, actor: Actor, at: datetime) -> Reopening:
    """Let a district submit until a later instant, with the city's reason (CITY-8); raises ``UnableToReopen``."""
    require(actor, "review.reopen", plan)
    if plan.state == "submitted":
        raise UnableToReopen(_("이미 들어온 계획이에요."))
    if at < last_instant(plan):
        raise UnableToReopen(_("아직 제출할 수 있는 때라 다시 열지 않아도 돼요."))
    if until_at <= at:
        raise UnableToReopen(_("지금보다 뒤의 때를 적어 주세요."), field="until_at")
    if not reason.strip():
        raise UnableToReopen(_("다시 여는 까닭을 적어 주세요."), field="reason")
    with operation("review.reopen", actor=actor, at=at, reason=reason):
        return Reopening.objects.create(
            plan=plan, until_at=until_at, reason=reason, decided_by_id=actor.person_id, decided_at=at
        )
