"""Who is coming to a forum and who came; names and numbers are kept by consent and can be taken out again."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from madang.decide.forums.models.forums import Forum
from madang.decide.forums.states import COUNTED, REGISTRATION, Dimension, Way


def _choices(dimension: Dimension) -> list[tuple[str, object]]:
    return list(COUNTED[dimension])


class ForumTable(models.Model):
    """A table of a forum with the one who leads its talk."""

    audit_redacted = ("facilitator",)

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=80, blank=True, default="")
    facilitator = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["forum", "number"], name="forum_table_once")]

    def __str__(self) -> str:
        return f"table {self.number}"


class Registration(models.Model):
    """One seat asked for or taken at a forum: by an account, by phone, or by walking in.

    ``name`` and ``phone`` stand only where there is no account. Taken back or forgotten, a registration keeps no
    person, name, phone or token; what somebody is counted by stays.
    """

    audit_redacted = ("person_id", "name", "phone", "token")

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="forum_registrations"
    )
    name = models.CharField(max_length=60, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    way = models.CharField(max_length=10, choices=Way.choices)
    state = models.CharField(max_length=12, choices=REGISTRATION.choices(), default=REGISTRATION.first)
    origin = models.CharField(max_length=20, choices=_choices(Dimension.ORIGIN), default="residents")
    gender = models.CharField(max_length=20, choices=_choices(Dimension.GENDER), default="unknown")
    age = models.CharField(max_length=20, choices=_choices(Dimension.AGE), default="unknown")
    token = models.CharField(max_length=40, null=True, unique=True)
    registered_at = models.DateTimeField()
    consented_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    table = models.ForeignKey(ForumTable, null=True, blank=True, on_delete=models.SET_NULL, related_name="seats")

    class Meta:
        ordering = ["id"]
        constraints = [
            REGISTRATION.constraint(),
            models.UniqueConstraint(fields=["forum", "person"], name="forum_registered_once"),
        ]

    def __str__(self) -> str:
        return f"registration {self.pk}"

    @property
    def district_id(self) -> int:
        return self.forum.district_id

    @property
    def called(self) -> str:
        """The name officers read; empty where none was left or it is forgotten."""
        return self.person.name if self.person is not None else self.name
