"""The words that an operation must not be without."""

from __future__ import annotations

from django.utils.translation import gettext as _

from madang.decide.agendas.texts import TITLE_MOST, has_odd_characters, one_line, paragraphs
from madang.ground.workflow import UnableTo


def required(text: str, *, field: str, missing: str) -> str:
    """Return a text as it is kept; raises ``UnableTo`` at its field when nothing, or no writing, is in it."""
    clean: str = paragraphs(text)
    if not clean:
        raise UnableTo(missing, field=field)
    if has_odd_characters(clean):
        raise UnableTo(_("글자가 아닌 기호가 섞여 있어요. 지우고 다시 보내 주세요."), field=field)
    return clean


def required_title(text: str, *, field: str, missing: str) -> str:
    """Return a title as one line; raises ``UnableTo`` at its field when it is missing or too long."""
    clean: str = one_line(required(text, field=field, missing=missing))
    if len(clean) > TITLE_MOST:
        raise UnableTo(_("제목은 %(most)s자까지 쓸 수 있어요.") % {"most": TITLE_MOST}, field=field)
    return clean


def required_reason(text: str) -> str:
    """Return the reason for a step; it stands in public."""
    return required(text, field="reason", missing=_("까닭을 써 주세요. 누구나 볼 수 있어요."))
