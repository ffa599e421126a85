from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from madang.decide.forums.models import Feedback, Forum, Registration
from madang.decide.forums.states import QUESTIONS
from madang.ground.audit.operations import operation
from madang.ground.notices.operations import tell
from madang.ground.people.actors import NOBODY, Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo

OPEN_FOR = timedelta(days=14)


class UnableToGiveFeedback(UnableTo):
    """Feedback cannot be asked for or given like this or now."""


def ask_for_feedback(*, forum: Forum, actor: Actor, at: datetime) -> int:
    """Open the questionnaire of a forum that has begun and tell those who came; returns how many were told."""
    require(actor, "forums.record", forum)
    if at < forum.starts_at or forum.state == "cancelled":
        raise UnableToGiveFeedback(_("자리가 열린 뒤에 물을 수 있어요."))
    with operation("forums.ask_for_feedback", actor=actor, at=at):
        Forum.objects.filter(pk=forum.pk, feedback_token=None).update(feedback_token=secrets.token_urlsafe(18))
        forum.refresh_from_db(fields=["feedback_token"])
        came = Registration.objects.filter(forum=forum, arrived_at__isnull=False).exclude(person=None)
        return tell(
            person_ids=[number for number in came.values_list("person_id", flat=True) if number is not None],
            key=f"forum-{forum.pk}-feedback",
            subject=_("%(title)s: 어떠셨나요") % {"title": forum.title},
            body=_("이름 없이 네 가지를 여쭤요. 일 분이면 돼요."),
            link=reverse("forums:feedback", args=[forum.district.slug, forum.pk, forum.feedback_token]),
            at=at,
        )


def give_feedback(
    *, forum: Forum, answers: Mapping[str, int], token: str, actor: Actor, at: datetime, said: str = ""
) -> bool:
    """Take one anonymous answer; whether it is new: the same device is heard once. Nobody is noted as its giver.

    ``answers`` give 1 to 5 for each of ``QUESTIONS``. Raises ``UnableToGiveFeedback`` when an answer is missing or
    the questionnaire is not open: from being asked until fourteen days after the forum.
    """
    require(actor, "forums.give_feedback", forum)
    if forum.feedback_token is None or at > forum.ends_at + OPEN_FOR:
        raise UnableToGiveFeedback(_("지금은 답을 받지 않아요."))
    for name, _label in QUESTIONS:
        if answers.get(name) not in range(1, 6):
            raise UnableToGiveFeedback(_("1에서 5 가운데 하나를 골라 주세요."), field=name)
    key_hash = hashlib.sha256(f"madang feedback {forum.pk} {token}".encode()).hexdigest()
    with operation("forums.give_feedback", actor=NOBODY, at=at):
        _answer, is_new = Feedback.objects.get_or_create(
            forum=forum,
            key_hash=key_hash,
            defaults={
                **{name: answers[name] for name, _label in QUESTIONS},
                "said": said.strip()[:500],
                "given_at": at,
            },
        )
    return is_new
