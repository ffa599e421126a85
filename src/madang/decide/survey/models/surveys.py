from __future__ import annotations

from typing import cast

from django.conf import settings
from django.db import models

from madang.decide.survey.states import SURVEY, DoerKind, Heading, MethodKind, Way
from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District


class Survey(models.Model):
    """The local survey of a district in one cycle: how it is run, from which day to which."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="surveys")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="surveys")
    way = models.CharField(max_length=20, choices=Way.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    outline = models.TextField(blank=True, default="")
    state = models.CharField(max_length=20, choices=SURVEY.choices(), default=SURVEY.first)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-cycle__planning_year"]
        constraints = [
            SURVEY.constraint(),
            models.UniqueConstraint(fields=["district", "cycle"], name="survey_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="survey_ends_not_earlier"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district} {self.cycle}"

    @property
    def is_published(self) -> bool:
        return self.state == "published"


class OfSurvey(models.Model):
    """What belongs to one survey."""

    class Meta:
        abstract = True

    @property
    def district_id(self) -> int:
        return cast(int, self.survey.district_id)  # type: ignore[attr-defined]


class Finding(OfSurvey):
    """One version of what a survey found under one heading; the highest version counts, earlier ones stay readable."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="findings")
    heading = models.CharField(max_length=20, choices=Heading.choices)
    version = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    reason = models.CharField(max_length=300, blank=True, default="")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["survey", "heading", "version"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "heading", "version"], name="finding_version_once"),
            models.CheckConstraint(
                condition=models.Q(version=1) | ~models.Q(reason=""), name="finding_corrected_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading} {self.version}"


class Doer(OfSurvey):
    """Who did what in a survey; a body, an office or a firm, never a person's name."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="doers")
    kind = models.CharField(max_length=20, choices=DoerKind.choices)
    who = models.CharField(max_length=80)
    what = models.CharField(max_length=300)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.who


class Method(OfSurvey):
    """One way in which a survey looked: in documents or in the field, what, when, by whom, from which source."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="methods")
    kind = models.CharField(max_length=20, choices=MethodKind.choices)
    heading = models.CharField(max_length=20, choices=Heading.choices)
    what = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    who = models.CharField(max_length=80)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="method_ends_not_earlier"
            )
        ]

    def __str__(self) -> str:
        return self.what
