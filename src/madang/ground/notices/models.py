from django.conf import settings
from django.db import models


class Notice(models.Model):
    """A piece of news for one person, shown in the site."""

    audit_skip = True

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=300, blank=True, default="")
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-told_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_told_once")]

    def __str__(self) -> str:
        return self.subject


class OutboxLetter(models.Model):
    """An e-mail waiting to be sent, or sent; its key makes a second sending impossible."""

    audit_skip = True

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="letter")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, db_index=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_failure = models.CharField(max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return str(self.notice_id)


class MailboxLetter(models.Model):
    """A letter that the demo delivered into its own mailbox page instead of sending it."""

    audit_skip = True

    to = models.EmailField(db_index=True)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    delivered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.subject
