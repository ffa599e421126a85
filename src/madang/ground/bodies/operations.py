from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.ground.audit.operations import operation
from madang.ground.bodies.models import Body, Meeting, Member, Motion, MotionVote
from madang.ground.bodies.queries import is_majority, majority_of, meeting_day, members_on, tally
from madang.ground.bodies.states import MEETING, MOTION, Ballot, BodyKind, Gender, MemberClass
from madang.ground.bodies.subjects import subject_of
from madang.ground.notices.operations import tell
from madang.ground.people.actors import Actor
from madang.ground.people.models import Person
from madang.ground.people.permissions import may, require
from madang.ground.places.models import District
from madang.ground.workflow import UnableTo, advance


class UnableToSeat(UnableTo):
    """The body cannot be founded or the member cannot be seated as asked."""


class UnableToMeet(UnableTo):
    """The meeting cannot be called, opened or closed as asked."""


class UnableToPutMotion(UnableTo):
    """The motion cannot be put to this meeting."""


class UnableToVote(UnableTo):
    """The vote cannot be cast."""


@dataclass(frozen=True)
class Seat:
    """Who sits on a body and as what; ``person`` is the account, if there is one, ``appointed`` 위촉직 (BODY-3)."""

    name: str
    member_class: MemberClass
    appointed: bool = True
    elected: bool = False
    gender: Gender = Gender.UNKNOWN
    position: str = ""
    field: str = ""
    affiliation: str = ""
    person: Person | None = None


def found_body(
    *,
    district: District,
    kind: BodyKind,
    name: str,
    since_on: date,
    actor: Actor,
    at: datetime,
    until_on: date | None = None,
) -> Body:
    """Found a body of a district from a first day on; raises ``UnableToSeat`` for a name its kind has already."""
    require(actor, "bodies.manage", Body(district=district))
    if not name.strip():
        raise UnableToSeat(_("이름을 적어 주세요."), field="name")
    if Body.objects.filter(district=district, kind=kind, name=name.strip()).exists():
        raise UnableToSeat(_("같은 이름의 기구가 이미 있어요."), field="name")
    with operation("bodies.found", actor=actor, at=at):
        return Body.objects.create(
            district=district, kind=kind, name=name.strip(), since_on=since_on, until_on=until_on
        )


def seat_member(
    *, body: Body, seat: Seat, starts_on: date, actor: Actor, at: datetime, ends_on: date | None = None
) -> Member:
    """Seat a member on a body for a term; raises ``UnableToSeat`` when the account has a seat there in that time."""
    require(actor, "bodies.manage", body)
    if ends_on is not None and ends_on < starts_on:
        raise UnableToSeat(_("마지막 날이 첫날보다 앞설 수 없어요."), field="ends_on")
    if seat.person is not None:
        same = Member.objects.filter(body=body, person=seat.person)
        if ends_on is not None:
            same = same.filter(starts_on__lte=ends_on)
        if same.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on)).exists():
            raise UnableToSeat(_("이미 이 기구의 위원이에요."), field="person")
    with operation("bodies.seat_member", actor=actor, at=at):
        return Member.objects.create(body=body, starts_on=starts_on, ends_on=ends_on, **vars(seat))


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
            link=_address(meeting),
            at=at,
        )
        return meeting


def _address(meeting: Meeting) -> str:
    district = meeting.body.district
    if district is None:
        return ""
    return reverse("bodies:meeting", args=[district.slug, meeting.body_id, meeting.pk])


def open_meeting(*, meeting: Meeting, present: Collection[int], actor: Actor, at: datetime) -> None:
    """Open a meeting with the members present (their numbers).

    Raises ``UnableToMeet`` before the day of the meeting, for somebody who is no member on that day, and without a
    quorum: a majority of the members (BODY-13).
    """
    require(actor, "bodies.run_meeting", meeting)
    day = meeting_day(meeting)
    if timezone.localdate(at) < day:
        raise UnableToMeet(_("회의 날이 되면 열 수 있어요."))
    members = {member.pk for member in members_on(meeting.body, day)}
    came = set(present)
    if came - members:
        raise UnableToMeet(_("회의 날에 위원이 아닌 사람이 있어요."), field="present")
    if not is_majority(len(came), len(members)):
        raise UnableToMeet(
            _("위원 %(members)d명 가운데 %(came)d명이 왔어요. 과반수인 %(needed)d명이 와야 회의를 열 수 있어요.")
            % {"members": len(members), "came": len(came), "needed": majority_of(len(members))},
            field="present",
        )
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

    Raises ``UnableToPutMotion``, and whatever the subject's own room says against it.
    """
    require(actor, "bodies.run_meeting", meeting)
    if meeting.state == "closed":
        raise UnableToPutMotion(_("마친 회의에는 안건을 올릴 수 없어요."))
    subject = subject_of(subject_type)
    if subject is not None:
        subject.before(meeting, subject_id, subject_sha256, at)
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
    """Decide a motion by the majority of those present; a carried one takes effect in its room at once (BODY-13).

    Raises ``UnableToVote`` when the meeting is not in session.
    """
    require(actor, "bodies.run_meeting", motion)
    if motion.meeting.state != "in_session":
        raise UnableToVote(_("회의 중에만 표결을 마칠 수 있어요."))
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
