from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.agendas.forms.imports import ConfirmForm, UploadForm
from madang.decide.agendas.models import ImportBatch, Proposal
from madang.decide.agendas.operations import imports as operations
from madang.decide.agendas.queries import imports as queries
from madang.decide.agendas.queries.proposals import reason_not_taking, year_on, years_of
from madang.decide.agendas.queries.reading import COLUMNS, Rejected
from madang.ground.files.handing_out import csv_response
from madang.ground.files.models import StoredFile
from madang.ground.files.uploads import too_big
from madang.ground.people.guards import guarded
from madang.ground.people.permissions import require
from madang.ground.places.models import District
from madang.ground.places.queries import district_or_404
from madang.ground.workflow import UnableTo

SHOWN_ROWS = 20
SHOWN_REJECTED = 1_000


@guarded("agendas.import")
def upload(request: Any, district: str) -> HttpResponse:
    """Take a file of proposals and lead to its preview; nothing is added yet."""
    place = _own_district(request, district)
    form = UploadForm(request.POST or None, request.FILES or None)
    known: ImportBatch | None = None
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        refused = too_big(request, "file")
        if refused:
            form.refuse(refused)
        elif form.is_valid():
            given = form.cleaned_data["file"]
            try:
                kept = operations.keep_proposal_file(
                    district=place,
                    content=given.read(),
                    name=given.name,
                    content_type=given.content_type or "",
                    actor=request.actor,
                    at=request.at,
                )
            except operations.UnableToImportTwice as refusal:
                known = refusal.batch
                form.refuse(str(refusal.reason))
            except UnableTo as refusal:
                form.refuse(str(refusal.reason))
            else:
                return redirect("proposals:preview", place.slug, kept.pk)
    year = year_on(years_of(place), timezone.localdate(request.at))
    context = {
        "district": place,
        "form": form,
        "known": known,
        "closed": reason_not_taking(year),
        "batches": queries.newest_batches(place),
    }
    return render(request, "agendas/import_upload.html", context)


@guarded("agendas.import")
def preview(request: Any, district: str, number: int) -> HttpResponse:
    """Show what taking a kept file in would do; confirmed, take it in whole or not at all."""
    place = _own_district(request, district)
    file = _kept_file_or_404(place, number)
    done = queries.batch_of(place, file.sha256)
    if done is not None:
        messages.info(request, operations.UnableToImportTwice(done).reason)
        return redirect("proposals:batch", place.slug, done.pk)
    if request.method == "POST":
        try:
            batch = operations.import_proposals(
                district=place, file=file, sha256=_confirmed(request), actor=request.actor, at=request.at
            )
        except operations.UnableToImportTwice as refusal:
            messages.info(request, refusal.reason)
            return redirect("proposals:batch", place.slug, refusal.batch.pk)
        except UnableTo as refusal:
            messages.error(request, refusal.reason)
            return redirect("proposals:import", place.slug)
        messages.success(request, _("제안 %(added)s건을 더했어요.") % {"added": f"{batch.rows_added:,}"})
        return redirect("proposals:batch", place.slug, batch.pk)
    seen = _read(place, file, request)
    context = {
        "district": place,
        "file": file,
        "form": ConfirmForm(initial={"sha256": file.sha256}),
        "seen": seen,
        "rows": seen.rows[:SHOWN_ROWS],
        "known": seen.known[:SHOWN_ROWS],
        "rejected": seen.rejected[:SHOWN_REJECTED],
    }
    return render(request, "agendas/import_preview.html", context)


@guarded("agendas.import")
def preview_rejected(request: Any, district: str, number: int) -> HttpResponse:
    """Hand out the rows of a kept file that would be rejected, as CSV."""
    place = _own_district(request, district)
    seen = _read(place, _kept_file_or_404(place, number), request)
    return _rejected_csv(seen.rejected, f"rejected-{place.slug}-{number}.csv")


@guarded("agendas.import")
def batch(request: Any, district: str, number: int) -> HttpResponse:
    """Show what one taking-in did."""
    place = _own_district(request, district)
    found = _batch_or_404(place, number)
    rejected = queries.rejected_of(found)[:SHOWN_REJECTED]
    return render(request, "agendas/import_batch.html", {"district": place, "batch": found, "rejected": rejected})


@guarded("agendas.import")
def batch_rejected(request: Any, district: str, number: int) -> HttpResponse:
    """Hand out the rows that a taking-in rejected, as CSV."""
    place = _own_district(request, district)
    rejected = queries.rejected_of(_batch_or_404(place, number))
    return _rejected_csv(rejected, f"rejected-{place.slug}-import-{number}.csv")


@guarded("agendas.import")
def sample(request: Any, district: str) -> HttpResponse:
    """Hand out an empty file with the headings that are read."""
    place = _own_district(request, district)
    return csv_response([COLUMNS], name=f"proposals-{place.slug}.csv")


def _own_district(request: Any, slug: str) -> District:
    place = district_or_404(slug)
    require(request.actor, "agendas.import", Proposal(district=place))
    return place


def _kept_file_or_404(place: District, number: int) -> StoredFile:
    file = queries.kept_file(place, number)
    if file is None:
        raise Http404
    return file


def _batch_or_404(place: District, number: int) -> ImportBatch:
    found = queries.find_batch(place, number)
    if found is None:
        raise Http404
    return found


def _read(place: District, file: StoredFile, request: Any) -> queries.Preview:
    return queries.preview(queries.content_of(file), file.name, district=place, at=request.at)


def _confirmed(request: Any) -> str:
    form = ConfirmForm(request.POST)
    return form.cleaned_data["sha256"] if form.is_valid() else ""


def _rejected_csv(rejected: Iterable[Rejected], name: str) -> HttpResponse:
    heading = (_("줄"), "id", _("까닭"))
    return csv_response([heading, *((row.row, row.outside_id, row.said) for row in rejected)], name=name)
