from __future__ import annotations

from django.db import models

from madang.decide.forums.states import FORUM, Dimension, ForumKind
from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District, Dong


class Forum(models.Model):
    """One forum of a district's year; what came of it stands in ``outcome`` once it is recorded.

    ``decisions`` holds one decision a line. A forum with ``registration_closes_at`` takes registrations until then;
    without ``capacity`` everyone has a seat.
    """

    audit_redacted = ("feedback_token",)

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="forums")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="forums")
    kind = models.CharField(max_length=20, choices=ForumKind.choices)
    title = models.CharField(max_length=120)
    purpose = models.TextField(blank=True, default="")
    place = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True, default="")
    dong = models.ForeignKey(Dong, null=True, blank=True, on_delete=models.PROTECT, related_name="forums")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=FORUM.choices(), default=FORUM.first)
    method = models.CharField(max_length=120, blank=True, default="")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    registration_closes_at = models.DateTimeField(null=True, blank=True)
    material = models.TextField(blank=True, default="")
    material_days_before = models.PositiveSmallIntegerField(null=True, blank=True)
    opinions_made = models.PositiveIntegerField(null=True, blank=True)
    opinions_taken_up = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.TextField(blank=True, default="")
    minutes = models.TextField(blank=True, default="")
    decisions = models.TextField(blank=True, default="")
    feedback_token = models.CharField(max_length=40, null=True, unique=True)
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            FORUM.constraint(),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="forum_ends_later"),
            models.CheckConstraint(condition=models.Q(capacity=None) | models.Q(capacity__gte=1), name="forum_seats"),
        ]

    def __str__(self) -> str:
        return self.title


class ForumCount(models.Model):
    """How many people of one kind came: by origin, by gender, by age band; each dimension adds up to the same."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="counts")
    dimension = models.CharField(max_length=10, choices=Dimension.choices)
    key = models.CharField(max_length=20)
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["forum", "dimension", "key"], name="forum_count_once")]

    def __str__(self) -> str:
        return f"{self.dimension} {self.key}: {self.people}"
