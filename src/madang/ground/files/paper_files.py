"""A paper handed out as a file: its format, its name in Korean, and nothing kept on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from madang.engines.papers import Paper, to_docx, to_hwpx, to_pdf, to_xlsx

OFFICE = "application/vnd.openxmlformats-officedocument"
WRITERS: dict[str, tuple[str, Callable[[Paper, datetime], bytes]]] = {
    "pdf": ("application/pdf", lambda paper, at: to_pdf(paper, fonts=settings.MADANG_PDF_FONTS, at=at)),
    "hwpx": ("application/hwp+zip", lambda paper, at: to_hwpx(paper, at=at)),
    "docx": (f"{OFFICE}.wordprocessingml.document", lambda paper, at: to_docx(paper, at=at)),
    "xlsx": (f"{OFFICE}.spreadsheetml.sheet", lambda paper, at: to_xlsx(paper, at=at)),
}
# What no file system keeps, and marks that hide or reorder what a name says.
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+')
LONGEST = 80


def paper_response(paper: Paper, *, kind: str, name: str, at: datetime) -> HttpResponse:
    """Return a paper as a download of one of ``WRITERS`` under a name without its ending.

    ``at`` is the date written into the file: the same paper and date give the same bytes. Raises KeyError for an
    unknown kind and ``UnableToWritePaper`` when the paper cannot be written.
    """
    content_type, write = WRITERS[kind]
    # The PDF takes neither a zone with changing hours nor parts of a second.
    response = HttpResponse(write(paper, at.astimezone(UTC).replace(microsecond=0)), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{file_name(name)}.{kind}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def file_name(name: str) -> str:
    """Return a name that every file system takes: Korean stays, spaces become low lines."""
    return re.sub(r"\s+", "_", UNFIT.sub(" ", name).strip(". "))[:LONGEST].strip("._") or "madang"


def demo_mark() -> str:
    """Return the mark that a paper of the example year carries."""
    return "예시" if settings.MADANG_DEMO else ""
