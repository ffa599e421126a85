from __future__ import annotations

from typing import cast

from django.conf import settings
from django.db import models

from madang.ground.files.models import StoredFile
from madang.plan.plans.models.plans import Plan
from madang.plan.plans.states import WAIVER


class Waiver(models.Model):
    """A rule that blocks at one place, which the district asked the city to waive, and what the city decided.

    ``where`` names the place as ``queries.waivers.place_of`` does; ``findings`` is all that the rule said there when it
    was asked. ``reason``, ``document``, ``decided_by`` and ``decided_at`` are the city's.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="waivers")
    rule = models.CharField(max_length=20)
    where = models.CharField(max_length=400)
    findings = models.JSONField()
    state = models.CharField(max_length=20, choices=WAIVER.choices(), default=WAIVER.first)
    asked_reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField(blank=True, default="")
    document = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    taken_back_reason = models.TextField(blank=True, default="")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            WAIVER.constraint(),
            models.UniqueConstraint(
                fields=["plan", "rule", "where"], condition=models.Q(state="asked"), name="waiver_asked_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["waived", "taken_back"])
                | models.Q(document__isnull=False, decided_at__isnull=False) & ~models.Q(reason=""),
                name="waiver_with_reason_and_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.where}"

    @property
    def district_id(self) -> int:
        return cast(int, self.plan.district_id)
