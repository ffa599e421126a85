from __future__ import annotations

from typing import cast

from django.conf import settings
from django.db import models

from madang.ground.bodies.models import Motion
from madang.plan.plans.models.plans import Plan


class PlanVersion(models.Model):
    """A frozen version of a plan; ``sha256`` is the hash of its canonical content, which never changes."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"

    @property
    def district_id(self) -> int:
        return cast(int, self.plan.district_id)


class Approval(models.Model):
    """The council's approval of exactly one version, by the motion that carried it (PLAN-9)."""

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="approval")
    motion = models.OneToOneField(Motion, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"approval of version {self.version_id}"
