"""A version goes to the council, is approved as exactly what it is, and is handed to the city."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.engines.rulebook import Finding
from madang.ground.audit.operations import operation
from madang.ground.bodies import operations as bodies
from madang.ground.bodies.models import Meeting, Motion
from madang.ground.bodies.queries import composition, council_of, meeting_day
from madang.ground.bodies.subjects import Subject, register_subject
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo, advance
from madang.plan.plans.models import Approval, Plan, PlanVersion
from madang.plan.plans.operations.editing import editing
from madang.plan.plans.operations.evaluations import keep_evaluation
from madang.plan.plans.queries.documents import content_hash, draft_content
from madang.plan.plans.queries.facts import plan_facts
from madang.plan.plans.queries.plans import approved_version, latest_version
from madang.plan.plans.queries.waivers import covered, ruling, standing, still_blocking
from madang.plan.plans.states import PLAN

SUBJECT = "plan_version"


class UnableToFreeze(UnableTo):
    """The draft cannot become a version; ``findings`` are those that block."""

    def __init__(self, reason: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(reason)
        self.findings = tuple(findings)


class UnableToApprove(UnableTo):
    """The council may not decide on this version at this meeting; ``findings`` are those that block."""

    def __init__(self, reason: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(reason)
        self.findings = tuple(findings)


class UnableToSubmit(UnableTo):
    """The plan cannot be handed to the city as asked."""


def freeze_version(*, plan: Plan, actor: Actor, at: datetime) -> PlanVersion:
    """Freeze the draft as the next version, with its evaluation; an unchanged draft gives the newest version again.

    Raises ``UnableToFreeze`` with the findings that block and are not waived: about the plan and its budget, not about
    the council, whose composition is judged on the day of its meeting.
    """
    require(actor, "plans.freeze", plan)
    with editing("plans.freeze", plan=plan, actor=actor, at=at):
        content = draft_content(plan)
        judged = ruling(plan, day=timezone.localdate(at), content=content)
        blocking = [found for found in judged.blocking if found.where.kind != "members"]
        if blocking:
            raise UnableToFreeze(
                _("막는 항목 %(count)d개를 먼저 풀어 주세요: %(rules)s")
                % {"count": len(blocking), "rules": ", ".join(sorted({found.rule for found in blocking}))},
                blocking,
            )
        sha256 = content_hash(content)
        latest = latest_version(plan)
        if latest is not None and latest.sha256 == sha256:
            return latest
        version = PlanVersion.objects.create(
            plan=plan,
            number=latest.number + 1 if latest else 1,
            content=content,
            sha256=sha256,
            frozen_at=at,
            frozen_by_id=actor.person_id,
        )
        keep_evaluation(version, judged, at=at)
        return version


def put_to_council(*, version: PlanVersion, meeting: Meeting, actor: Actor, at: datetime) -> Motion:
    """Put the approval of exactly this version to a meeting of the council (PLAN-9).

    Raises ``UnableToApprove`` for an older version, a meeting of another body, and a council whose composition on the
    day of the meeting breaks a rule that blocks and was not waived.
    """
    plan = version.plan
    require(actor, "plans.put_to_council", plan)
    with operation("plans.put_to_council", actor=actor, at=at):
        return bodies.put_motion(
            meeting=meeting,
            title=_("%(year)d년 실행계획 %(number)d판 승인") % {"year": plan.fiscal_year, "number": version.number},
            subject_type=SUBJECT,
            subject_id=str(version.pk),
            subject_sha256=version.sha256,
            actor=actor,
            at=at,
        )


def _before(meeting: Meeting, subject_id: str, sha256: str, at: datetime) -> None:
    """Refuse a meeting that may not approve this version."""
    version = PlanVersion.objects.select_related("plan__district").filter(pk=subject_id).first()
    if version is None or version.sha256 != sha256 or content_hash(version.content) != sha256:
        raise UnableToApprove(_("안건이 가리키는 판과 내용이 달라요. 판을 다시 올려 주세요."))
    plan = version.plan
    if plan.state == "submitted":
        raise UnableToApprove(_("서울시에 이미 낸 계획이에요."))
    if Approval.objects.filter(version=version).exists():
        raise UnableToApprove(_("이미 승인한 판이에요."))
    newest = latest_version(plan)
    if newest is None or newest.pk != version.pk:
        raise UnableToApprove(_("더 새로운 판이 있어요. 새 판을 올려 주세요."))
    day = meeting_day(meeting)
    council = council_of(plan.district, day)
    if council is None or council.pk != meeting.body_id:
        raise UnableToApprove(_("계획은 그 구의 협치회의가 승인해요. 협치회의가 없으면 민·관 합동 TFT가 대신해요."))
    found = composition(council, day).blocking
    blocking = still_blocking(found, covered(standing(plan), found, plan_facts(plan, day=day)))
    if blocking:
        lang = "en" if get_language() == "en" else "ko"
        said = " ".join(f"{found.message(lang)} ({found.clause})" for found in blocking)  # type: ignore[arg-type]
        raise UnableToApprove(_("회의 날의 협치회의 구성이 규칙에 맞지 않아요. %(found)s") % {"found": said}, blocking)


def _carried(motion: Motion, actor: Actor, at: datetime) -> None:
    """Record the approval in the transaction that carries the motion."""
    version = PlanVersion.objects.select_related("plan").get(pk=motion.subject_id)
    with operation("plans.approve", actor=actor, at=at):
        Approval.objects.create(version=version, motion=motion, approved_at=at)
        advance(version.plan, PLAN, "approve")


def _url(motion: Motion) -> str:
    version = PlanVersion.objects.select_related("plan__district").get(pk=motion.subject_id)
    plan = version.plan
    return reverse("plans:version", args=[plan.district.slug, plan.fiscal_year, version.number])


register_subject(SUBJECT, Subject(before=_before, carried=_carried, url=_url, step="final_approval"))


def mark_submitted(*, plan: Plan, version: PlanVersion, actor: Actor, at: datetime) -> None:
    """Note that the city has received a version: exactly the newest that the council approved (PLAN-9).

    Raises ``UnableToSubmit`` for any other version. The last day is the submitting room's affair.
    """
    require(actor, "plans.submit", plan)
    with operation("plans.submit", actor=actor, at=at):
        approved = approved_version(plan)
        if approved is None or approved.pk != version.pk or version.plan_id != plan.pk:
            raise UnableToSubmit(_("협치회의가 승인한 바로 그 판만 낼 수 있어요."))
        advance(plan, PLAN, "submit", submitted_version=version, submitted_at=at)


def reopen_plan(*, plan: Plan, reason: str, actor: Actor, at: datetime) -> None:
    """Open a submitted plan again for changes, by the city and with a reason (CITY-8); nothing written is lost."""
    require(actor, "plans.reopen", plan)
    if not reason.strip():
        raise UnableToSubmit(_("다시 여는 까닭을 적어 주세요."))
    with operation("plans.reopen", actor=actor, at=at, reason=reason.strip()):
        advance(plan, PLAN, "reopen")
