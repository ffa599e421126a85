from __future__ import annotations

from django.db import models

from madang.decide.forums.models.forums import Forum


class Feedback(models.Model):
    """What somebody who was there says of a forum, without a name: 1 to 5 for each question, and a few words.

    ``key_hash`` is the hash of a random token in a cookie: one answer a device.
    """

    audit_redacted = ("key_hash", "said")

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="feedback")
    key_hash = models.CharField(max_length=64)
    heard = models.PositiveSmallIntegerField()
    informed = models.PositiveSmallIntegerField()
    time_enough = models.PositiveSmallIntegerField()
    come_again = models.PositiveSmallIntegerField()
    said = models.CharField(max_length=500, blank=True, default="")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "key_hash"], name="feedback_once"),
            *[
                models.CheckConstraint(condition=models.Q(**{f"{name}__range": (1, 5)}), name=f"feedback_{name}")
                for name in ("heard", "informed", "time_enough", "come_again")
            ],
        ]

    def __str__(self) -> str:
        return f"feedback {self.pk}"
