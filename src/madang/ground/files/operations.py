from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile

from madang.ground.audit.operations import ActsInLog, operation
from madang.ground.files.models import StoredFile


def keep_file(
    *, content: bytes, name: str, content_type: str, purpose: str, actor: ActsInLog, at: datetime
) -> StoredFile:
    """Store a file under its SHA-256 and return its record; the same content is written to disk once."""
    digest = hashlib.sha256(content).hexdigest()
    with operation("files.keep", actor=actor, at=at):
        fields: dict[str, Any] = {
            "sha256": digest,
            "name": name[-200:],
            "content_type": content_type[:100],
            "size": len(content),
            "purpose": purpose,
            "kept_by_id": actor.person_id,
            "kept_at": at,
        }
        known = StoredFile.objects.filter(sha256=digest).first()
        if known is not None and known.content.name and known.content.storage.exists(known.content.name):
            return StoredFile.objects.create(content=known.content.name, **fields)
        return StoredFile.objects.create(content=ContentFile(content, name=digest), **fields)
