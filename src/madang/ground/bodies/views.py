from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.ground.bodies import operations
from madang.ground.bodies.forms import CallMeetingForm, MinutesForm, MotionForm
from madang.ground.bodies.models import Body, Meeting, Motion
from madang.ground.bodies.queries import bodies_of, composition, majority_of, meeting_day, members_on, tally
from madang.ground.bodies.states import MEETING, MOTION, Ballot
from madang.ground.bodies.subjects import subject_of
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.permissions import NotAllowed, may, require
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo

MEETINGS_SHOWN = 20


@open_to_all
def bodies(request: Any, district: str) -> HttpResponse:
    """List the bodies of a district with the number of their members today."""
    place = district_or_404(district)
    day = timezone.localdate(request.at)
    return render(request, "bodies/bodies.html", {"district": place, "bodies": bodies_of(place, day), "day": day})


@open_to_all
def body_page(request: Any, district: str, body: int) -> HttpResponse:
    """Show who sits on a body in numbers, what the rules say of it, and its meetings; names only to its staff."""
    found = _body_or_404(district, body)
    day = timezone.localdate(request.at)
    context = {
        "district": found.district,
        "body": found,
        "composition": composition(found, day),
        "members": members_on(found, day),
        "names": may(request.actor, "bodies.see_names", found),
        "meetings": found.meetings.all()[:MEETINGS_SHOWN],
        "meeting_life": MEETING,
        "can_run": may(request.actor, "bodies.run_meeting", found),
    }
    return render(request, "bodies/body.html", context)


@guarded("bodies.run_meeting")
def call(request: Any, district: str, body: int) -> HttpResponse:
    """Call a meeting of a body."""
    found = _body_or_404(district, body)
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
            return redirect("bodies:meeting", district, body, made.pk)
    return render(request, "bodies/call.html", {"district": found.district, "body": found, "form": form})


@open_to_all
def meeting(request: Any, district: str, body: int, number: int) -> HttpResponse:
    """Show a meeting: who came in numbers, the motions with their votes, and the composition on that day."""
    found = _meeting_or_404(district, body, number)
    return _meeting_page(request, found)


def _meeting_page(request: Any, found: Meeting, status: int = 200) -> HttpResponse:
    day = meeting_day(found)
    members = members_on(found.body, day)
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
        "quorum": majority_of(len(members)),
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
def open_session(request: Any, district: str, body: int, number: int) -> HttpResponse:
    """Open the meeting with those who came."""
    found = _meeting_or_404(district, body, number)
    present = {int(value) for value in request.POST.getlist("present") if value.isdecimal() and len(value) < 18}

    def act() -> None:
        operations.open_meeting(meeting=found, present=present, actor=request.actor, at=request.at)

    return _do(request, found, act, _("회의를 열었어요."))


@guarded("bodies.run_meeting")
@require_POST
def put_motion(request: Any, district: str, body: int, number: int) -> HttpResponse:
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
def votes(request: Any, district: str, body: int, number: int, motion: int) -> HttpResponse:
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
def decide(request: Any, district: str, body: int, number: int, motion: int) -> HttpResponse:
    """Close the vote on a motion."""
    found = _meeting_or_404(district, body, number)
    question = _motion_or_404(found, motion)

    def act() -> None:
        operations.close_motion(motion=question, actor=request.actor, at=request.at)

    return _do(request, found, act, _("표결을 마쳤어요."))


@guarded("bodies.run_meeting")
@require_POST
def close(request: Any, district: str, body: int, number: int) -> HttpResponse:
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
    district = found.body.district
    return redirect("bodies:meeting", district.slug if district else "", found.body_id, found.pk)


def _body_or_404(district: str, pk: int) -> Body:
    found = Body.objects.filter(district=district_or_404(district), pk=pk).select_related("district").first()
    if found is None:
        raise Http404
    return found


def _meeting_or_404(district: str, body: int, pk: int) -> Meeting:
    meetings = Meeting.objects.filter(body=_body_or_404(district, body), pk=pk)
    found = meetings.select_related("body__district").first()
    if found is None:
        raise Http404
    return found


def _motion_or_404(found: Meeting, pk: int) -> Motion:
    motion = found.motions.select_related("meeting__body__district").filter(pk=pk).first()
    if motion is None:
        raise Http404
    return motion
