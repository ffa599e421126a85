from __future__ import annotations

from typing import cast

from django.db import models

from madang.plan.plans.models.versions import PlanVersion


class RulebookRevision(models.Model):
    """The policy data of one revision of the rulebook, as files by their path; ``sha`` is the hash of them all."""

    audit_redacted = ("files",)

    sha = models.CharField(max_length=16, primary_key=True)
    edition = models.CharField(max_length=10)
    files = models.JSONField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.edition} {self.sha}"


class Evaluation(models.Model):
    """What the rulebook said of a version when it was frozen, with all that it was judged by.

    ``view_day`` is the day whose rules applied. ``facts`` holds ``plan`` (members without names) and ``site``;
    ``findings`` rows of ``finding`` and ``waiver``, the number of the waiver that covered it or None.
    """

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="evaluation")
    revision = models.ForeignKey(RulebookRevision, on_delete=models.PROTECT, related_name="evaluations")
    view_day = models.DateField()
    facts = models.JSONField()
    findings = models.JSONField()
    judged_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"evaluation of version {self.version_id}"

    @property
    def district_id(self) -> int:
        return cast(int, self.version.plan.district_id)
