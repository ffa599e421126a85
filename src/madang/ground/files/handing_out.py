from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from madang.ground.files.models import StoredFile


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
