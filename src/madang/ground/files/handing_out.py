from __future__ import annotations

import csv
from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from madang.ground.files.models import StoredFile

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def stored_file_response(file: StoredFile | None) -> HttpResponse:
    """Return what somebody handed in, byte for byte and under its own name.

    Always a download of no type: what was uploaded is never shown under the site's own address. Raises Http404 when
    there is no file, or its content is gone from the disk.
    """
    if file is None:
        raise Http404
    try:
        with file.content.open("rb") as stream:
            content = stream.read()
    except OSError:
        raise Http404 from None
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def csv_response(rows: Iterable[Iterable[object]], *, name: str) -> HttpResponse:
    """Return a table as CSV under a name of ASCII, so that a spreadsheet reads Korean and takes no text for a formula.

    It is not kept on the way.
    """
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    csv.writer(response).writerows([_harmless(cell) for cell in row] for row in rows)
    return response


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell
