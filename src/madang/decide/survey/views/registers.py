from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.decide.survey import operations
from madang.decide.survey.forms.registers import (
    MOST_ROWS,
    EntryForm,
    PlanForm,
    ProjectForm,
    TableForm,
    column_names,
    read_rows,
    valid,
)
from madang.decide.survey.models import JointProject, RelatedPlan
from madang.ground.files.tables import read_table
from madang.ground.files.uploads import too_big
from madang.ground.people.guards import guarded, open_to_all
from madang.ground.people.permissions import NotAllowed, may, require
from madang.ground.places.models import District
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo

SHOWN = 300
KEPT_FOR = 60 * 60 * 24


@dataclass(frozen=True)
class Register:
    """One of the two registers: its word in addresses, its table, its form."""

    kind: str
    model: Any
    form: type[EntryForm]


REGISTERS = {
    "projects": Register("projects", JointProject, ProjectForm),
    "plans": Register("plans", RelatedPlan, PlanForm),
}


@open_to_all
@require_safe
def register(request: Any, district: str, kind: str) -> HttpResponse:
    """Show the register of joint projects, or of related plans and ordinances."""
    place, kept = district_or_404(district), _register_or_404(kind)
    context = {
        "district": place,
        "kind": kind,
        "rows": kept.model.objects.filter(district=place)[:SHOWN],
        "may_keep": bool(may(request.actor, "survey.keep_registers", kept.model(district=place))),
    }
    return render(request, "survey/register.html", context)


@guarded("survey.keep_registers")
def keep(request: Any, district: str, kind: str, number: int | None = None) -> HttpResponse:
    """Add a line to a register, or change one."""
    place, kept = _own(request, district, kind)
    entry = _entry_or_404(kept, place, number) if number is not None else None
    names = list(kept.form.base_fields)
    form = kept.form(request.POST or None, initial={name: getattr(entry, name) for name in names} if entry else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.keep_entry(
                model=kept.model,
                district=place,
                values=form.cleaned_data,
                entry=entry,
                actor=request.actor,
                at=request.at,
            )
        except NotAllowed:
            raise
        except UnableTo as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("목록에 적었어요."))
            return redirect("survey:register", place.slug, kind)
    context = {"district": place, "kind": kind, "entry": entry, "form": form}
    return render(request, "survey/entry_form.html", context, status=422 if form.errors else 200)


@guarded("survey.keep_registers")
@require_POST
def remove(request: Any, district: str, kind: str, number: int) -> HttpResponse:
    """Remove a line that was entered by mistake."""
    place, kept = _own(request, district, kind)
    entry = _entry_or_404(kept, place, number)
    operations.remove_entry(entry=entry, actor=request.actor, at=request.at)
    messages.success(request, _("기록을 지웠어요."))
    return redirect("survey:register", place.slug, kind)


@guarded("survey.keep_registers")
def take_in(request: Any, district: str, kind: str) -> HttpResponse:
    """Read a file and show what it would add; confirmed, add it whole or not at all. Nothing is kept in between."""
    place, kept = _own(request, district, kind)
    if "rows" in request.POST:
        return _confirmed(request, place, kept)
    form = TableForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"district": place, "kind": kind, "form": form, "columns": column_names(kept.form)}
    if request.method == "POST":
        form = TableForm(request.POST, request.FILES)
        context["form"] = form
        refused = too_big(request, "file")
        if refused:
            form.errors["file"] = form.error_class([refused])
        elif form.is_valid():
            given = form.cleaned_data["file"]
            try:
                seen = read_rows(read_table(given.read(), given.name, most_rows=MOST_ROWS), kept.form)
            except UnableTo as refusal:
                form.add_error("file", str(refusal.reason))
            else:
                packed = signing.dumps(seen.good, salt=_salt(place, kept), compress=True)
                context |= {"seen": seen, "packed": packed, "titles": [row["title"] for row in seen.good]}
    return render(request, "survey/import.html", context, status=422 if form.errors else 200)


def _confirmed(request: Any, place: District, kept: Register) -> HttpResponse:
    try:
        rows = signing.loads(request.POST["rows"], salt=_salt(place, kept), max_age=KEPT_FOR)
        added = operations.import_entries(
            model=kept.model, district=place, rows=valid(rows, kept.form), actor=request.actor, at=request.at
        )
    except signing.BadSignature:
        messages.error(request, _("미리 본 지 오래되었어요. 파일을 다시 올려 주세요."), extra_tags="stop")
    except NotAllowed:
        raise
    except UnableTo as refusal:
        messages.error(request, str(refusal.reason), extra_tags="stop")
    else:
        messages.success(request, _("%(added)s건을 더했어요.") % {"added": f"{added:,}"})
        return redirect("survey:register", place.slug, kept.kind)
    return redirect("survey:import_entries", place.slug, kept.kind)


def _salt(place: District, kept: Register) -> str:
    return f"survey.{kept.kind}.{place.pk}"


def _own(request: Any, slug: str, kind: str) -> tuple[District, Register]:
    place, kept = district_or_404(slug), _register_or_404(kind)
    require(request.actor, "survey.keep_registers", kept.model(district=place))
    return place, kept


def _register_or_404(kind: str) -> Register:
    if kind not in REGISTERS:
        raise Http404
    return REGISTERS[kind]


def _entry_or_404(kept: Register, place: District, number: int) -> Any:
    entry = kept.model.objects.filter(district=place, pk=number).first()
    if entry is None:
        raise Http404
    return entry
