from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from madang.decide.survey import rules
from madang.decide.survey.models import Doer, Finding, Method, Survey
from madang.decide.survey.queries.surveys import latest_findings
from madang.decide.survey.states import SURVEY, Heading
from madang.ground.audit.operations import operation
from madang.ground.cycles.models import Cycle
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.places.models import District
from madang.ground.workflow import UnableTo, advance


class UnableToSurvey(UnableTo):
    """The survey cannot be kept or published as it is written down."""


def start_survey(
    *, district: District, cycle: Cycle, way: str, starts_on: date, ends_on: date, outline: str, actor: Actor,
    at: datetime,
) -> Survey:  # fmt: skip
    """Begin the local survey of a district's year, once a cycle (C3).

    Raises ``UnableToSurvey`` when there is one already or it ends before it begins.
    """
    require(actor, "survey.write", Survey(district=district))
    _refuse_backwards(starts_on, ends_on)
    with operation("survey.start", actor=actor, at=at):
        survey, new = Survey.objects.get_or_create(
            district=district,
            cycle=cycle,
            defaults={"way": way, "starts_on": starts_on, "ends_on": ends_on, "outline": outline.strip()},
        )
        if not new:
            raise UnableToSurvey(_("올해 지역조사는 이미 시작했어요."))
    return survey


def describe_survey(
    *, survey: Survey, way: str, starts_on: date, ends_on: date, outline: str, actor: Actor, at: datetime,
    reason: str = "",
) -> None:  # fmt: skip
    """Change how a survey is run; once published only with a reason and only if the work on record still fits.

    Raises ``UnableToSurvey``.
    """
    require(actor, "survey.write", survey)
    _refuse_backwards(starts_on, ends_on)
    _ask_reason(survey, reason)
    if survey.is_published:
        _refuse_unfit(way, survey)
    with operation("survey.describe", actor=actor, at=at, reason=reason):
        survey.way, survey.starts_on, survey.ends_on, survey.outline = way, starts_on, ends_on, outline.strip()
        survey.save(update_fields=["way", "starts_on", "ends_on", "outline"])


def write_finding(*, survey: Survey, heading: str, text: str, actor: Actor, at: datetime, reason: str = "") -> Finding:
    """Write what was found under a heading; after publishing this makes a further version, with the reason (C3).

    Raises ``UnableToSurvey`` for an empty text, or a correction without a reason or without a change.
    """
    require(actor, "survey.write", survey)
    if not text.strip():
        raise UnableToSurvey(_("조사한 내용을 적어 주세요."), field="text")
    with operation("survey.write_finding", actor=actor, at=at, reason=reason):
        kept = Survey.objects.select_for_update().get(pk=survey.pk)
        last = kept.findings.filter(heading=heading).order_by("-version").first()
        if not kept.is_published:
            return _overwrite(kept, Heading(heading), text.strip(), actor, at)
        _ask_reason(kept, reason)
        if last is not None and last.text == text.strip():
            raise UnableToSurvey(_("바뀐 글이 없어요."), field="text")
        return Finding.objects.create(
            survey=kept,
            heading=heading,
            version=last.version + 1 if last else 1,
            text=text.strip(),
            reason=reason.strip(),
            written_by_id=actor.person_id,
            written_at=at,
        )


def add_doer(*, survey: Survey, kind: str, who: str, what: str, actor: Actor, at: datetime) -> Doer:
    """Record who did what in a survey (C3, three ways of running it)."""
    require(actor, "survey.write", survey)
    with operation("survey.add_doer", actor=actor, at=at):
        return Doer.objects.create(survey=survey, kind=kind, who=who.strip(), what=what.strip())


def remove_doer(*, doer: Doer, actor: Actor, at: datetime) -> None:
    """Take back who did what, entered by mistake; in a published survey the way of running must still fit."""
    require(actor, "survey.write", doer.survey)
    with operation("survey.remove_doer", actor=actor, at=at):
        doer.delete()
        if doer.survey.is_published:
            _refuse_unfit(doer.survey.way, doer.survey)


def add_method(
    *, survey: Survey, kind: str, heading: str, what: str, starts_on: date, ends_on: date, who: str, source: str,
    actor: Actor, at: datetime,
) -> Method:  # fmt: skip
    """Record a look into documents or in the field: what, when, who, source (C3).

    Raises ``UnableToSurvey`` when it ends before it begins.
    """
    require(actor, "survey.write", survey)
    _refuse_backwards(starts_on, ends_on)
    with operation("survey.add_method", actor=actor, at=at):
        return Method.objects.create(
            survey=survey,
            kind=kind,
            heading=heading,
            what=what.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
            who=who.strip(),
            source=source.strip(),
        )


def remove_method(*, method: Method, actor: Actor, at: datetime) -> None:
    """Take back a method that was entered by mistake; a published survey keeps at least one."""
    require(actor, "survey.write", method.survey)
    with operation("survey.remove_method", actor=actor, at=at):
        method.delete()
        if method.survey.is_published:
            _refuse_without_methods(method.survey)


def publish_survey(*, survey: Survey, actor: Actor, at: datetime) -> None:
    """Let everybody read the findings, once all seven headings are written and the way of running is on record (C3).

    Raises ``UnableToSurvey`` with what is missing, ``UnableToMove`` when it is published already.
    """
    require(actor, "survey.publish", survey)
    empty = rules.unwritten({key: finding.text for key, finding in latest_findings(survey).items()})
    if empty:
        names = ", ".join(str(heading.label) for heading in empty)
        raise UnableToSurvey(_("아직 적지 않은 항목이 있어요: %(names)s") % {"names": names})
    _refuse_unfit(survey.way, survey)
    _refuse_without_methods(survey)
    with operation("survey.publish", actor=actor, at=at):
        advance(survey, SURVEY, "publish", published_at=at)


def _overwrite(survey: Survey, heading: Heading, text: str, actor: Actor, at: datetime) -> Finding:
    finding, _new = Finding.objects.update_or_create(
        survey=survey,
        heading=heading.value,
        version=1,
        defaults={"text": text, "written_by_id": actor.person_id, "written_at": at},
    )
    return finding


def _ask_reason(survey: Survey, reason: str) -> None:
    if survey.is_published and not reason.strip():
        raise UnableToSurvey(_("공개한 뒤에 고칠 때는 까닭을 적어 주세요."), field="reason")


def _refuse_backwards(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise UnableToSurvey(_("마지막 날이 첫날보다 빨라요."), field="ends_on")


def _refuse_unfit(way: str, survey: Survey) -> None:
    kinds = set(survey.doers.values_list("kind", flat=True))
    missing = rules.missing_doers(way, kinds)
    if missing:
        names = ", ".join(str(kind.label) for kind in missing)
        raise UnableToSurvey(_("누가 무엇을 했는지에 %(names)s의 일이 없어요.") % {"names": names}, field="way")
    unfit = rules.unfit_doers(way, kinds)
    if unfit:
        names = ", ".join(str(kind.label) for kind in unfit)
        raise UnableToSurvey(_("조사 방식과 다르게 %(names)s의 일이 적혀 있어요.") % {"names": names}, field="way")


def _refuse_without_methods(survey: Survey) -> None:
    if not survey.methods.exists():
        raise UnableToSurvey(_("어떻게 조사했는지 하나는 적어 주세요."))
