from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation

from madang.ground.notices.models import Notice, OutboxLetter


def tell(*, person_ids: Iterable[int], key: str, subject: str, body: str, link: str, at: datetime) -> int:
    """Give people a notice and queue a letter for each; returns how many were new.

    ``key`` names the piece of news, for instance ``proposal-12-merged``: told again, it reaches nobody twice.
    Call it inside the operation that makes the news, so that both commit or neither does.
    """
    told = 0
    with transaction.atomic():
        for person_id in sorted(set(person_ids)):
            notice, is_new = Notice.objects.get_or_create(
                person_id=person_id,
                key=key,
                defaults={"subject": subject[:200], "body": body, "link": link, "told_at": at},
            )
            if is_new:
                OutboxLetter.objects.create(notice=notice, queued_at=at)
                told += 1
    if told:
        transaction.on_commit(_wake_the_postman)
    return told


def _wake_the_postman() -> None:
    from madang.ground.notices.tasks import deliver_outbox

    deliver_outbox.enqueue()


def deliver_waiting_letters(*, at: datetime, most: int = 200) -> int:
    """Send the letters that wait, each locked by one worker and marked in the same transaction; returns how many."""
    sent = 0
    for _attempt in range(most):
        with transaction.atomic():
            letter = (
                OutboxLetter.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("notice__person")
                .filter(sent_at=None, failures__lt=5)
                .order_by("id")
                .first()
            )
            if letter is None:
                return sent
            sent += _send(letter, at)
    return sent


def _send(letter: OutboxLetter, at: datetime) -> int:
    notice = letter.notice
    with translation.override(notice.person.language):
        try:
            body = f"{notice.body}\n\n{settings.MADANG_BASE_URL}{notice.link}" if notice.link else notice.body
            send_mail(notice.subject, body, None, [notice.person.email])
        except OSError as failure:
            letter.failures += 1
            letter.last_failure = type(failure).__name__
            letter.save(update_fields=["failures", "last_failure"])
            return 0
    letter.sent_at = at
    letter.save(update_fields=["sent_at"])
    return 1


def mark_read(*, notice: Notice, at: datetime) -> None:
    """Note that a person has read a notice; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)
