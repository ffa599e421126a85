from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.engines.rulebook import Finding
from madang.ground.bodies import operations
from madang.ground.bodies.addresses import address
from madang.ground.bodies.forms import CallMeetingForm, MinutesForm, MotionForm
from madang.ground.bodies.models import Meeting, Motion
from madang.ground.bodies.queries import composition, meeting_day, members_on, quorum_of, standing, tally
from madang.ground.bodies.states import MEETING, MOTION, Ballot
from madang.ground.bodies.subjects import subject_of
from madang.ground.bodies.views.places import body_or_404
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.permissions import NotAllowed, may, require
from madang.ground.workflow import UnableTo


@guarded("bodies.run_meeting")
def call(request: Any, body: int, district: str = "") -> HttpResponse:
    """Call a meeting of a body."""
    found = body_or_404(district, body)
    require(request.actor, "bodies.run_meeting", found)
    form = CallMeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.call_meeting(
                body=found,
                title=form.cleaned_data["title"],
                place=form.cleaned_data["place"],
                held_at=form.held_at(),
                actor=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("회의를 소집하고 위원들에게 알렸어요."))
            return redirect(address("meeting", found, made.pk))
    return render(request, "bodies/call.html", {"district": found.district, "body": found, "form": form})


@open_to_all
def meeting(request: Any, body: int, number: int, district: str = "") -> HttpResponse:
    """Show a meeting: who came in numbers, the motions with their votes, and the composition on that day."""
    found = _meeting_or_404(district, body, number)
    return _meeting_page(request, found)


def _meeting_page(request: Any, found: Meeting, status: int = 200) -> HttpResponse:
    day = meeting_day(found)
    members, quorum = members_on(found.body, day), quorum_of(found.body, day)
    present = set(found.present.values_list("pk", flat=True))
    names = may(request.actor, "bodies.see_names", found)
    own = next((member for member in members if member.person_id and member.person_id == request.actor.person_id), None)
    context = {
        "district": found.body.district,
        "body": found.body,
        "meeting": found,
        "life": MEETING,
        "motion_life": MOTION,
        "composition": composition(found.body, day),
        "members": members,
        "present": present,
        "present_members": [member for member in members if member.pk in present],
        "quorum": quorum.present.needed(len(members)),
        "decides": quorum.decides.words("en" if get_language() == "en" else "ko"),
        "warnings": _warnings(found, day),
        "motions": [_motion(motion, own, names) for motion in found.motions.prefetch_related("votes__member")],
        "own": own if own and own.pk in present else None,
        "names": names,
        "can_run": may(request.actor, "bodies.run_meeting", found),
        "motion_form": MotionForm(),
        "minutes_form": MinutesForm(),
        "ballots": Ballot.choices,
        "is_day": timezone.localdate(request.at) >= day,
    }
    return render(request, "bodies/meeting.html", context, status=status)


def _warnings(found: Meeting, day: date) -> list[Finding]:
    """Return what the rules say of the council where a motion takes a step of the city's procedure (BODY-7)."""
    if found.body.district is None:
        return []
    subjects = [subject_of(motion.subject_type) for motion in found.motions.all()]
    steps = dict.fromkeys(subject.step for subject in subjects if subject and subject.step)
    return [one for step in steps for one in standing(found.body.district, step, day).findings]


def _motion(motion: Motion, own: Any, names: Any) -> dict[str, Any]:
    """Return a motion as its part of the page shows it."""
    cast = {vote.member_id: vote for vote in motion.votes.all()}
    subject = subject_of(motion.subject_type)
    return {
        "motion": motion,
        "tally": tally(motion),
        "url": subject.url(motion) if subject else "",
        "cast": cast,
        "own_vote": cast.get(own.pk) if own else None,
        "named": list(cast.values()) if names else [],
    }


@guarded("bodies.run_meeting")
@require_POST
def open_session(request: Any, body: int, number: int, district: str = "") -> HttpResponse:
    """Open the meeting with those who came."""
    found = _meeting_or_404(district, body, number)
    present = {int(value) for value in request.POST.getlist("present") if value.isdecimal() and len(value) < 18}

    def act() -> None:
        operations.open_meeting(meeting=found, present=present, actor=request.actor, at=request.at)

    return _do(request, found, act, _("회의를 열었어요."))


@guarded("bodies.run_meeting")
@require_POST
def put_motion(request: Any, body: int, number: int, district: str = "") -> HttpResponse:
    """Put a plain question to the meeting."""
    found = _meeting_or_404(district, body, number)
    form = MotionForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise UnableTo(_("안건을 적어 주세요."))
        operations.put_motion(meeting=found, title=form.cleaned_data["title"], actor=request.actor, at=request.at)

    return _do(request, found, act, _("안건을 올렸어요."))


@guarded("bodies.vote")
@require_POST
def votes(request: Any, body: int, number: int, motion: int, district: str = "") -> HttpResponse:
    """Enter votes: the secretariat those of members present, a member the own one."""
    found = _meeting_or_404(district, body, number)
    question = _motion_or_404(found, motion)
    members = {member.pk: member for member in members_on(found.body, meeting_day(found))}
    ballots = {
        member: Ballot(value)
        for pk, member in members.items()
        if (value := request.POST.get(f"ballot-{pk}", "")) in Ballot.values
    }

    def act() -> None:
        if not ballots:
            raise UnableTo(_("찬성, 반대, 기권 가운데 하나를 골라 주세요."))
        operations.cast_votes(motion=question, ballots=ballots, actor=request.actor, at=request.at)

    return _do(request, found, act, _("표결을 적었어요."))


@guarded("bodies.run_meeting")
@require_POST
def decide(request: Any, body: int, number: int, motion: int, district: str = "") -> HttpResponse:
    """Close the vote on a motion."""
    found = _meeting_or_404(district, body, number)
    question = _motion_or_404(found, motion)

    def act() -> None:
        operations.close_motion(motion=question, actor=request.actor, at=request.at)

    return _do(request, found, act, _("표결을 마쳤어요."))


@guarded("bodies.run_meeting")
@require_POST
def close(request: Any, body: int, number: int, district: str = "") -> HttpResponse:
    """Close the meeting with its minutes."""
    found = _meeting_or_404(district, body, number)
    form = MinutesForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise UnableTo(_("회의록을 적어 주세요."))
        operations.close_meeting(
            meeting=found, minutes=form.cleaned_data["minutes"], actor=request.actor, at=request.at
        )

    return _do(request, found, act, _("회의를 마쳤어요."))


def _do(request: Any, found: Meeting, act: Callable[[], None], done: str) -> HttpResponse:
    """Take a step of a meeting; a refusal is said on the meeting's own page."""
    try:
        act()
    except NotAllowed:
        raise
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason), extra_tags="stop")
        found.refresh_from_db()
        return _meeting_page(request, found, status=409)
    messages.success(request, done)
    return redirect(address("meeting", found.body, found.pk))


def _meeting_or_404(district: str, body: int, pk: int) -> Meeting:
    meetings = Meeting.objects.filter(body=body_or_404(district, body), pk=pk)
    found = meetings.select_related("body__district").first()
    if found is None:
        raise Http404
    return found


def _motion_or_404(found: Meeting, pk: int) -> Motion:
    motion = found.motions.select_related("meeting__body__district").filter(pk=pk).first()
    if motion is None:
        raise Http404
    return motion
