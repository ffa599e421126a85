"""The demo's post office: letters land in a mailbox page and never leave the machine."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from madang.ground.notices.models import MailboxLetter


class MailboxBackend(BaseEmailBackend):
    """Keep every letter as a row of the mailbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [
            MailboxLetter(to=address, subject=str(letter.subject)[:300], body=str(letter.body))
            for letter in email_messages
            for address in letter.recipients()
        ]
        MailboxLetter.objects.bulk_create(rows)
        return len(email_messages)
