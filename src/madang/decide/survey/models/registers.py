from __future__ import annotations

from django.db import models

from madang.decide.survey.states import PlanKind
from madang.ground.places.models import District


class Entry(models.Model):
    """One line of a register of a district; it names departments and organisations, never persons."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    department = models.CharField(max_length=80)
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField(null=True)
    link = models.URLField(max_length=300, blank=True, default="")

    class Meta:
        abstract = True
        ordering = ["-from_year", "title"]
        constraints = [
            models.UniqueConstraint(fields=["district", "title"], name="%(class)s_once"),
            models.CheckConstraint(
                condition=models.Q(to_year=None) | models.Q(to_year__gte=models.F("from_year")),
                name="%(class)s_ends_not_earlier",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class JointProject(Entry):
    """A project that residents and administration carried out together (민관협력사업); amount in thousand won."""

    partners = models.CharField(max_length=200)
    amount_kwon = models.PositiveIntegerField(null=True)
    what = models.TextField()

    class Meta(Entry.Meta):
        pass


class RelatedPlan(Entry):
    """A plan, an ordinance or a rule that bears on the district's plan, and what it means for it."""

    kind = models.CharField(max_length=20, choices=PlanKind.choices)
    meaning = models.TextField()

    class Meta(Entry.Meta):
        pass
