"""Refuse an upload that is too big without losing the rest of the form.

The handler reads a file that passes the limit to its end without keeping it, so the browser gets an answer, and
remembers the field; ``too_big`` gives the message for the form.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024


class LimitedUploadHandler(FileUploadHandler):
    """Stop keeping a file once it is larger than ``MADANG_UPLOAD_LIMIT`` bytes."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._seen += len(raw_data)
        if self._seen > settings.MADANG_UPLOAD_LIMIT:
            refused = self.request.META.setdefault("madang.refused_uploads", [])
            refused.append(self.field_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def too_big(request: HttpRequest, field: str) -> str | None:
    """Return the message for a field whose file was refused for its size, else None."""
    if field not in request.META.get("madang.refused_uploads", []):
        return None
    limit = settings.MADANG_UPLOAD_LIMIT // MEGABYTE
    return _("파일이 너무 커요. %(limit)dMB까지 올릴 수 있어요. 나누어 올려 주세요.") % {"limit": limit}
