from __future__ import annotations

from django.db import models

from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District
from madang.plan.plans.states import PLAN, PUBLIC, TextPart


class Plan(models.Model):
    """A district's plan of one cycle: base plan of three years and action plan of ``fiscal_year`` (G 2.2.1)."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="plans")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="plans")
    fiscal_year = models.PositiveSmallIntegerField()
    base_first_year = models.PositiveSmallIntegerField()
    base_last_year = models.PositiveSmallIntegerField()
    vision = models.CharField(max_length=200, blank=True, default="")
    vision_note = models.TextField(blank=True, default="")
    state = models.CharField(max_length=20, choices=PLAN.choices(), default=PLAN.first)
    edited_at = models.DateTimeField()
    submitted_version = models.ForeignKey("PlanVersion", null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-fiscal_year"]
        constraints = [
            PLAN.constraint(),
            models.UniqueConstraint(fields=["district", "cycle"], name="plan_once_a_cycle"),
            models.CheckConstraint(
                condition=models.Q(base_last_year=models.F("base_first_year") + 2), name="base_plan_three_years"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="submitted") | models.Q(submitted_version__isnull=False),
                name="plan_submitted_in_a_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district_id} {self.fiscal_year}"

    @property
    def is_public(self) -> bool:
        """Say whether everybody may read the approved version."""
        return self.state in PUBLIC


class PlanText(models.Model):
    """One section of the base plan or the action plan; the keys are in ``sections``."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="texts")
    part = models.CharField(max_length=10, choices=TextPart.choices)
    key = models.CharField(max_length=40)
    body = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["plan", "part", "key"], name="plan_text_once")]

    def __str__(self) -> str:
        return f"{self.part} {self.key}"


class Goal(models.Model):
    """A goal of the base plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    number = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="goal_number_once")]

    def __str__(self) -> str:
        return self.title


class Task(models.Model):
    """A task (추진과제) of the base plan under a goal, for instance 2-1."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="tasks")
    number = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="task_number_once")]

    def __str__(self) -> str:
        return self.title
