"""The officer's pages before a forum: what stands where, people, material, tables, reminders."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from madang.decide.forums.forms import MaterialForm, PhoneForm, PlanForumForm, TablesForm
from madang.decide.forums.models import Material
from madang.decide.forums.operations import change_forum, materials, registering, reminding, tables
from madang.decide.forums.queries import board, numbers, people
from madang.decide.forums.states import FORUM, REGISTRATION
from madang.decide.forums.views.found import forum_for
from madang.ground.files.uploads import too_big
from madang.ground.people.guards import guarded
from madang.ground.workflow import UnableTo


@guarded("forums.plan")
def manage(request: Any, district: str, number: int) -> HttpResponse:
    """Show the run of a forum evening: what is ready, what comes next."""
    found = forum_for(request, "forums.plan", district, number)
    kept = board.board_of(found)
    context = {
        "district": found.district,
        "forum": found,
        "life": FORUM,
        "seats": people.seats_of(found),
        "materials": people.materials_of(found, drafts=True),
        "tables": found.tables.count(),
        "board": kept,
        "notes": board.notes_up(kept).count() if kept else 0,
        "numbers": numbers.numbers_of(found),
        "begun": request.at >= found.starts_at,
    }
    return render(request, "forums/manage.html", context)


@guarded("forums.plan")
def change(request: Any, district: str, number: int) -> HttpResponse:
    """Change what is written of a forum."""
    found = forum_for(request, "forums.plan", district, number)
    form = PlanForumForm(
        request.POST or None,
        initial=PlanForumForm.written(found),
        district=found.district,
        day=timezone.localdate(request.at),
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_forum(forum=found, actor=request.actor, at=request.at, **form.cleaned_data)
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            messages.success(request, _("바뀐 내용을 저장했어요."))
            return redirect("forums:manage", district, number)
    return render(request, "forums/change.html", {"district": found.district, "forum": found, "form": form})


@guarded("forums.desk")
def registrations(request: Any, district: str, number: int) -> HttpResponse:
    """List who has registered and who waits, and enter somebody who calls."""
    found = forum_for(request, "forums.desk", district, number)
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = registering.register_by_phone(forum=found, actor=request.actor, at=request.at, **form.cleaned_data)
        except UnableTo as refusal:
            form.add_error(refusal.field, str(refusal.reason))
        else:
            waits = made.state == "waiting"
            messages.success(request, _("대기 명단에 적었어요.") if waits else _("신청을 적었어요."))
            return redirect("forums:registrations", district, number)
    context = {
        "district": found.district,
        "forum": found,
        "form": form,
        "people": list(people.people_of(found)),
        "seats": people.seats_of(found),
        "life": REGISTRATION,
        "begun": request.at >= found.starts_at,
        "taking": _takes_registrations(found, request.at),
    }
    return render(request, "forums/registrations.html", context)


@require_POST
@guarded("forums.desk")
def withdraw_for(request: Any, district: str, number: int, registration: int) -> HttpResponse:
    """Take somebody's registration back who asked for it."""
    found = forum_for(request, "forums.desk", district, number)
    one = people.people_of(found).filter(pk=registration).first()
    if one is None:
        raise Http404
    leave = registering.forget if request.at >= found.starts_at else registering.withdraw
    _say(request, lambda: leave(registration=one, actor=request.actor, at=request.at), _("신청과 정보를 지웠어요."))
    return redirect("forums:registrations", district, number)


@require_POST
@guarded("forums.desk")
def forget_all(request: Any, district: str, number: int) -> HttpResponse:
    """Erase the names and numbers of everyone after a forum."""
    found = forum_for(request, "forums.desk", district, number)
    _say(
        request,
        lambda: registering.forget_everyone(forum=found, actor=request.actor, at=request.at),
        _("이름과 연락처를 모두 지웠어요. 수는 남아 있어요."),
    )
    return redirect("forums:registrations", district, number)


@require_POST
@guarded("forums.desk")
def remind(request: Any, district: str, number: int) -> HttpResponse:
    """Remind everyone with a seat now."""
    found = forum_for(request, "forums.desk", district, number)
    try:
        told = reminding.remind(forum=found, actor=request.actor, at=request.at)
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason))
    else:
        said = ngettext("%(n)d명에게 알렸어요.", "%(n)d명에게 알렸어요.", told) % {"n": told}
        messages.success(request, said if told else _("이미 모두에게 알렸어요."))
    return redirect("forums:manage", district, number)


@guarded("forums.plan")
def material_list(request: Any, district: str, number: int) -> HttpResponse:
    """Show the material of a forum and add to it."""
    found = forum_for(request, "forums.plan", district, number)
    form = MaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        refused = too_big(request, "file")
        if refused:
            form.add_error("file", refused)
        if form.is_valid() and _added(request, found, form):
            messages.success(request, _("자료를 넣었어요. 아직 보내지 않았어요."))
            return redirect("forums:materials", district, number)
    context = {
        "district": found.district,
        "forum": found,
        "form": form,
        "materials": people.materials_of(found, drafts=True),
    }
    return render(request, "forums/materials.html", context)


@require_POST
@guarded("forums.plan")
def material_step(request: Any, district: str, number: int, material: int) -> HttpResponse:
    """Send a material, note that it was handed out, or take it out again."""
    found = forum_for(request, "forums.plan", district, number)
    one = get_object_or_404(Material.objects.select_related("forum__district"), pk=material, forum=found)
    steps = {
        "send": (materials.send_material, _("자료를 보냈어요. 누구에게 언제 보냈는지 남았어요.")),
        "hand": (materials.note_handed_out, _("직접 건넨 것을 적었어요.")),
        "remove": (materials.remove_material, _("자료를 뺐어요.")),
    }
    step = steps.get(request.POST.get("step", ""))
    if step is None:
        raise Http404
    _say(request, lambda: step[0](material=one, actor=request.actor, at=request.at), step[1])  # type: ignore[operator]
    return redirect("forums:materials", district, number)


@guarded("forums.plan")
def table_list(request: Any, district: str, number: int) -> HttpResponse:
    """Set the tables of a forum and put people at them."""
    found = forum_for(request, "forums.plan", district, number)
    standing = list(found.tables.all())
    lines = "\n".join(f"{table.topic} / {table.facilitator}".rstrip(" /") for table in standing)
    form = TablesForm(request.POST if request.POST.get("step") == "set" else None, initial={"tables": lines})
    if request.method == "POST":
        try:
            if _table_step(request, found, form):
                return redirect("forums:tables", district, number)
        except UnableTo as refusal:
            messages.error(request, str(refusal.reason))
            return redirect("forums:tables", district, number)
    coming = [one for one in people.people_of(found) if one.state == "registered"]
    context = {"district": found.district, "forum": found, "form": form, "tables": standing, "people": coming}
    return render(request, "forums/tables.html", context)


def _table_step(request: Any, forum: Any, form: TablesForm) -> bool:
    step, who = request.POST.get("step"), {"forum": forum, "actor": request.actor, "at": request.at}
    if step == "set":
        if not form.is_valid():
            return False
        tables.set_tables(tables=form.rows(), **who)
        messages.success(request, _("탁자를 놓았어요."))
    elif step == "spread":
        tables.spread_evenly(**who)
        messages.success(request, _("자리가 없던 사람을 고르게 앉혔어요."))
    elif step == "seat":
        tables.seat_people(seats=_seats(request), **who)
        messages.success(request, _("자리를 저장했어요."))
    return True


def _seats(request: Any) -> dict[int, int | None]:
    seats: dict[int, int | None] = {}
    for name, value in request.POST.items():
        if name.startswith("seat-") and name[5:].isdigit():
            seats[int(name[5:])] = int(value) if value.isdigit() else None
    return seats


def _added(request: Any, forum: Any, form: MaterialForm) -> bool:
    data, file = form.cleaned_data, form.cleaned_data["file"]
    try:
        materials.add_material(
            forum=forum,
            title=data["title"],
            text=data["text"],
            link=data["link"],
            upload=(file.name, file.content_type or "", file.read()) if file else None,
            actor=request.actor,
            at=request.at,
        )
    except UnableTo as refusal:
        form.add_error(refusal.field, str(refusal.reason))
        return False
    return True


def _takes_registrations(forum: Any, at: Any) -> bool:
    return forum.state == "planned" and forum.registration_closes_at is not None and at < forum.registration_closes_at


def _say(request: Any, step: Any, said: str) -> None:
    try:
        step()
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason))
    else:
        messages.success(request, said)
