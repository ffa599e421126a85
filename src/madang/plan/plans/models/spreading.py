from __future__ import annotations

from typing import cast

from django.conf import settings
from django.db import models

from madang.ground.files.models import StoredFile
from madang.plan.plans.models.plans import Plan


class Handout(models.Model):
    """One place or channel in which the approved plan was handed out for everybody to read (PLAN-13)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="handouts")
    place = models.CharField(max_length=200)
    handed_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["handed_on", "id"]

    def __str__(self) -> str:
        return self.place


class Agreement(models.Model):
    """An agreement with a partner that carries the plan out, with the signed document where one was kept (PLAN-13)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="agreements")
    partner = models.CharField(max_length=200)
    signed_on = models.DateField()
    document = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_on", "partner"]
        constraints = [models.UniqueConstraint(fields=["plan", "partner"], name="partner_agrees_once")]

    def __str__(self) -> str:
        return self.partner

    @property
    def district_id(self) -> int:
        return cast(int, self.plan.district_id)
