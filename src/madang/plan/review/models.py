from __future__ import annotations

from typing import cast

from django.conf import settings
from django.db import models

from madang.plan.plans.models import Plan, PlanVersion

PERSONAL = ("public_head", "private_head", "public_staff", "private_staff", "contacts")


class SubmissionLetter(models.Model):
    """What form 3-1 says beside the plan itself: consultation, goal, content, heads and working staff."""

    audit_redacted = PERSONAL

    consultation = models.TextField()
    goal = models.TextField()
    background = models.TextField()
    content = models.TextField()
    schedule = models.TextField()
    public_head = models.CharField(max_length=120)
    private_head = models.CharField(max_length=120)
    public_staff = models.CharField(max_length=120)
    private_staff = models.CharField(max_length=120)
    contacts = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        abstract = True


class Submission(SubmissionLetter):
    """The plan as the city received it: one approved version, with the letter of form 3-1 (P 4)."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="submission")
    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="submission")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["submitted_at"]

    def __str__(self) -> str:
        return f"submission of version {self.version_id}"

    @property
    def district_id(self) -> int:
        return cast(int, self.plan.district_id)


class LateSubmission(SubmissionLetter):
    """A submission that came after the last day: refused with the reason, and kept whole (CITY-8)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="late_submissions")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    tried_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    tried_at = models.DateTimeField()
    closed_at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        ordering = ["-tried_at"]

    def __str__(self) -> str:
        return f"late submission of version {self.version_id}"

    @property
    def district_id(self) -> int:
        return cast(int, self.plan.district_id)


class Reopening(models.Model):
    """The city's decision to take a plan after the last day, until another day, with its reason (CITY-8)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reopenings")
    until_at = models.DateTimeField()
    reason = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at"]

    def __str__(self) -> str:
        return f"reopening of plan {self.plan_id}"

    @property
    def district_id(self) -> int:
        return cast(int, self.plan.district_id)
