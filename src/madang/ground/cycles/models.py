from __future__ import annotations

from django.db import models

from madang.ground.cycles.states import YEAR, Participation
from madang.ground.places.models import District


class Cycle(models.Model):
    """One planning year and the carrying-out year that follows it (2020 → 2021)."""

    planning_year = models.PositiveSmallIntegerField(unique=True)
    rulebook = models.CharField(max_length=20, default="2020")

    class Meta:
        ordering = ["-planning_year"]

    def __str__(self) -> str:
        return str(self.planning_year)

    @property
    def carrying_out_year(self) -> int:
        return self.planning_year + 1


class DistrictYear(models.Model):
    """Where one district stands in one cycle; ``city_grant_kwon`` in thousand won (PLAN-10)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="district_years")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="years")
    participation = models.CharField(max_length=20, choices=Participation.choices)
    state = models.CharField(max_length=20, choices=YEAR.choices(), default=YEAR.first)
    state_since = models.DateField(null=True)
    city_grant_kwon = models.PositiveIntegerField(default=1_000_000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "district"], name="district_year_once"),
            YEAR.constraint(),
        ]

    def __str__(self) -> str:
        return f"{self.district} {self.cycle}"
