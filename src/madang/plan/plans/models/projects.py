from __future__ import annotations

from typing import cast

from django.contrib.postgres.fields import ArrayField
from django.db import models

from madang.decide.agendas.models import Agenda
from madang.plan.plans.models.plans import Plan, Task
from madang.plan.plans.states import Part

SOURCES = ("city", "district", "national", "other")
AMOUNTS = tuple(f"{source}_kwon" for source in SOURCES)


def _texts() -> ArrayField:
    return ArrayField(models.CharField(max_length=200), default=list, blank=True)


class Project(models.Model):
    """A project (의제별 실행계획, appendix 6): the chosen agenda as a year's work with its budget.

    ``number`` is S1, S2 … for sectoral and F1, F2 … for foundation projects. ``parties`` are rows of kind, name and
    role; ``schedule`` rows of when, what, private and administration; ``indicators`` rows of name, now, target and
    method. ``not_fundable`` lists the points of BUDGET-12 that a reviewer found to apply.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="projects")
    part = models.CharField(max_length=12, choices=Part.choices)
    number = models.CharField(max_length=8)
    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="projects")
    agenda = models.ForeignKey(Agenda, null=True, on_delete=models.PROTECT, related_name="projects")
    title = models.CharField(max_length=200)
    one_line = models.CharField(max_length=300, blank=True, default="")
    period = models.CharField(max_length=60, blank=True, default="")
    ends_within_year = models.BooleanField(default=True)
    need = models.TextField(blank=True, default="")
    links = models.TextField(blank=True, default="")
    goals = models.TextField(blank=True, default="")
    direction = models.TextField(blank=True, default="")
    last_year = models.TextField(blank=True, default="")
    method = models.TextField(blank=True, default="")
    publicity = models.TextField(blank=True, default="")
    monitoring = models.TextField(blank=True, default="")
    effects = models.TextField(blank=True, default="")
    parties = models.JSONField(default=list)
    schedule = models.JSONField(default=list)
    indicators = models.JSONField(default=list)
    joint_departments = _texts()
    joint_partners = _texts()
    joint_when = models.CharField(max_length=200, blank=True, default="")
    joint_how = models.TextField(blank=True, default="")
    transfer_reason = models.TextField(blank=True, default="")
    run_by_administration_alone = models.BooleanField(default=False)
    not_fundable = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="project_number_once"),
            models.UniqueConstraint(fields=["plan", "agenda"], name="agenda_one_project"),
            models.CheckConstraint(
                condition=models.Q(part="foundation") | models.Q(agenda__isnull=False), name="sectoral_from_agenda"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def district_id(self) -> int:
        return cast(int, self.plan.district_id)


class Line(models.Model):
    """A line of a project's budget: item code of the fiscal year and whole thousand won by source.

    ``nature`` is stated only for a code that the year's table does not settle; totals are never stored.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=6)
    basis = models.CharField(max_length=300, blank=True, default="")
    city_kwon = models.PositiveIntegerField(default=0)
    district_kwon = models.PositiveIntegerField(default=0)
    national_kwon = models.PositiveIntegerField(default=0)
    other_kwon = models.PositiveIntegerField(default=0)
    flags = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    reason = models.TextField(blank=True, default="")
    register_of_goods = models.BooleanField(default=False)
    nature = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "order"], name="line_order_once", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.basis}"

    @property
    def total_kwon(self) -> int:
        """Return the amount of all sources in thousand won."""
        return sum(getattr(self, column) for column in AMOUNTS)
