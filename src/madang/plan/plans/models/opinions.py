from __future__ import annotations

from datetime import date
from typing import cast

from django.conf import settings
from django.db import models

from madang.ground.bodies.models import Body
from madang.plan.plans.models.plans import Plan
from madang.plan.plans.models.projects import Project
from madang.plan.plans.states import ANSWER_TONES, Answer, Way


class OpinionRound(models.Model):
    """One round of the draft (PLAN-12): to whom it went, how, and from which day to which.

    ``content`` is the draft as it stood when an online round began, for everybody to read; empty for other rounds.
    """

    audit_redacted = ("content",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rounds")
    way = models.CharField(max_length=20, choices=Way.choices)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    content = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="round_ends_later"),
            models.CheckConstraint(
                condition=models.Q(way="working_group", body__isnull=False)
                | (~models.Q(way="working_group") & models.Q(body=None)),
                name="round_of_a_working_group_names_it",
            ),
            models.CheckConstraint(
                condition=~models.Q(way="online") | models.Q(content__isnull=False), name="online_round_shows_its_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"round of plan {self.plan_id}"

    @property
    def district_id(self) -> int:
        return cast(int, self.plan.district_id)

    @property
    def name(self) -> str:
        """Return to whom the draft went, in words."""
        return self.body.name if self.body else str(Way(self.way).label)

    def is_open(self, day: date) -> bool:
        """Say whether residents may write to an online round on a day."""
        return self.way == Way.ONLINE and self.starts_on <= day <= self.ends_on


class Opinion(models.Model):
    """What somebody said of the draft, and the answer; no name stands in public.

    ``author`` is the resident who wrote it online, empty for what an officer wrote down.
    """

    round = models.ForeignKey(OpinionRound, on_delete=models.PROTECT, related_name="opinions")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="opinions")
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()
    answer = models.CharField(max_length=20, choices=Answer.choices, blank=True, default="")
    answer_reason = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answer_reason="", answered_at=None)
                | (~models.Q(answer="") & ~models.Q(answer_reason="") & models.Q(answered_at__isnull=False)),
                name="opinion_answered_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"opinion {self.pk}"

    @property
    def district_id(self) -> int:
        return self.round.district_id

    @property
    def tone(self) -> str:
        return ANSWER_TONES.get(self.answer, "")
