from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.engines.rulebook.findings import Lang
from madang.ground.audit.operations import operation
from madang.ground.bodies.addresses import address
from madang.ground.bodies.models import Body, Meeting, Member, Motion, MotionVote
from madang.ground.bodies.queries import composition, meeting_day, members_on, tally
from madang.ground.bodies.queries.council import coming
from madang.ground.bodies.states import MEETING, MOTION, Ballot, BodyKind
from madang.ground.bodies.subjects import subject_of
from madang.ground.notices.operations import tell
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import may, require
from madang.ground.workflow import UnableTo, advance


class UnableToMeet(UnableTo):
    """The meeting cannot be called, opened or closed as asked."""


class UnableToPutMotion(UnableTo):
    """The motion cannot be put to this meeting."""


class UnableToVote(UnableTo):
    """The vote cannot be cast."""


def call_meeting(*, body: Body, title: str, place: str, held_at: datetime, actor: Actor, at: datetime) -> Meeting:
    """Call a meeting of a body and tell its members; raises ``UnableToMeet`` for a moment that has passed."""
    require(actor, "bodies.run_meeting", body)
    if held_at < at:
        raise UnableToMeet(_("지난 시각으로는 회의를 소집할 수 없어요."), field="held_at")
    with operation("bodies.call_meeting", actor=actor, at=at):
        meeting = Meeting.objects.create(body=body, title=title, place=place, held_at=held_at)
        people = [member.person_id for member in members_on(body, meeting_day(meeting)) if member.person_id]
        when = timezone.localtime(held_at)
        tell(
            person_ids=people,
            key=f"meeting-{meeting.pk}-called",
            subject=_("%(body)s 회의: %(title)s") % {"body": body.name, "title": title},
            body=_("%(day)s %(time)s, %(place)s에서 만나요.")
            % {"day": when.date().isoformat(), "time": f"{when:%H:%M}", "place": place},
            link=address("meeting", body, meeting.pk),
            at=at,
        )
        return meeting


def open_meeting(*, meeting: Meeting, present: Collection[int], actor: Actor, at: datetime) -> None:
    """Open a meeting with the members present (their numbers).

    Raises ``UnableToMeet`` before the day of the meeting, for somebody who is no member on that day, and without a
    quorum: what the ordinance asks of a council, else a majority of the members (BODY-13).
    """
    require(actor, "bodies.run_meeting", meeting)
    day = meeting_day(meeting)
    if timezone.localdate(at) < day:
        raise UnableToMeet(_("회의 날이 되면 열 수 있어요."))
    members = {member.pk for member in members_on(meeting.body, day)}
    came = set(present)
    if came - members:
        raise UnableToMeet(_("회의 날에 위원이 아닌 사람이 있어요."), field="present")
    for found in coming(meeting.body, len(came), len(members), day).of("BODY-13"):
        raise UnableToMeet(found.message(_language()), field="present")
    with operation("bodies.open_meeting", actor=actor, at=at):
        advance(meeting, MEETING, "open")
        meeting.present.set(came)


def put_motion(
    *,
    meeting: Meeting,
    title: str,
    subject_type: str = "",
    subject_id: str = "",
    subject_sha256: str = "",
    actor: Actor,
    at: datetime,
) -> Motion:
    """Put a question to a meeting that is called or in session, bound to exactly one version of its subject.

    Raises ``UnableToPutMotion``, also where the composition of a subcommittee, a working group or a committee of the
    city blocks on the day of the meeting, and whatever the subject's own room says against it.
    """
    require(actor, "bodies.run_meeting", meeting)
    if meeting.state == "closed":
        raise UnableToPutMotion(_("마친 회의에는 안건을 올릴 수 없어요."))
    subject = subject_of(subject_type)
    if subject is not None:
        subject.before(meeting, subject_id, subject_sha256, at)
    _refuse_composition(meeting)
    if subject_type and meeting.motions.filter(subject_type=subject_type, subject_id=subject_id, state="open").exists():
        raise UnableToPutMotion(_("이 안건은 이미 이 회의에 올라 있어요."))
    with operation("bodies.put_motion", actor=actor, at=at):
        return Motion.objects.create(
            meeting=meeting,
            title=title,
            subject_type=subject_type,
            subject_id=subject_id,
            subject_sha256=subject_sha256,
        )


def _language() -> Lang:
    return "en" if get_language() == "en" else "ko"


def _refuse_composition(meeting: Meeting) -> None:
    """Refuse decisions of a body whose composition blocks on the day of the meeting.

    A council's composition is asked for where it approves a plan, which the plan's own room sees to.
    """
    if meeting.body.kind == BodyKind.COUNCIL:
        return
    blocking = composition(meeting.body, meeting_day(meeting)).blocking
    if blocking:
        said = " ".join(f"{found.message(_language())} ({found.clause})" for found in blocking)
        raise UnableToPutMotion(_("회의 날의 구성이 규칙에 맞지 않아 정할 수 없어요. %(found)s") % {"found": said})


def cast_votes(*, motion: Motion, ballots: Mapping[Member, Ballot], actor: Actor, at: datetime) -> None:
    """Enter the votes of present members, by the secretariat at the meeting or by a member for himself.

    Raises ``UnableToVote`` when the meeting is not in session, the motion is decided, somebody is not present or has
    voted already; then no vote is entered.
    """
    for member in ballots:
        if not may(actor, "bodies.run_meeting", motion):
            require(actor, "bodies.vote", member)
    if motion.state != "open" or motion.meeting.state != "in_session":
        raise UnableToVote(_("지금은 표결하고 있지 않아요."))
    present = set(motion.meeting.present.values_list("pk", flat=True))
    if any(member.pk not in present for member in ballots):
        raise UnableToVote(_("회의에 온 위원만 표결할 수 있어요."))
    try:
        with operation("bodies.cast_votes", actor=actor, at=at), transaction.atomic():
            Motion.objects.select_for_update().get(pk=motion.pk, state="open")
            for member, ballot in ballots.items():
                MotionVote.objects.create(motion=motion, member=member, ballot=ballot)
    except Motion.DoesNotExist as gone:
        raise UnableToVote(_("지금은 표결하고 있지 않아요.")) from gone
    except IntegrityError as twice:
        raise UnableToVote(_("이미 표결한 위원이 있어요. 한 안건에 한 번만 표결해요.")) from twice


def cast_vote(*, motion: Motion, member: Member, ballot: Ballot, actor: Actor, at: datetime) -> None:
    """Enter one member's vote; see ``cast_votes``."""
    cast_votes(motion=motion, ballots={member: ballot}, actor=actor, at=at)


def close_motion(*, motion: Motion, actor: Actor, at: datetime) -> Motion:
    """Decide a motion by those present, as the quorum asks; a carried one takes effect in its room at once (BODY-13).

    Raises ``UnableToVote`` when the meeting is not in session, ``UnableToPutMotion`` for a composition that blocks.
    """
    require(actor, "bodies.run_meeting", motion)
    if motion.meeting.state != "in_session":
        raise UnableToVote(_("회의 중에만 표결을 마칠 수 있어요."))
    _refuse_composition(motion.meeting)
    with operation("bodies.close_motion", actor=actor, at=at):
        Motion.objects.select_for_update().get(pk=motion.pk)
        carried = tally(motion).carried
        advance(motion, MOTION, "carry" if carried else "reject", decided_at=at)
        subject = subject_of(motion.subject_type)
        if carried and subject is not None:
            subject.before(motion.meeting, motion.subject_id, motion.subject_sha256, at)
            subject.carried(motion, actor, at)
    return motion


def close_meeting(*, meeting: Meeting, minutes: str, actor: Actor, at: datetime) -> None:
    """Close a meeting with its minutes; raises ``UnableToMeet`` while a motion is open."""
    require(actor, "bodies.run_meeting", meeting)
    if meeting.motions.filter(state="open").exists():
        raise UnableToMeet(_("표결을 마치지 않은 안건이 있어요."))
    with operation("bodies.close_meeting", actor=actor, at=at):
        advance(meeting, MEETING, "close", minutes=minutes)
