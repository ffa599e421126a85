from __future__ import annotations

from datetime import date

from django.db import models


class District(models.Model):
    """One of the city's districts (자치구), with its square on the tile map."""

    slug = models.SlugField(max_length=20, unique=True)
    code = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=20, unique=True)
    short_name = models.CharField(max_length=10, unique=True)
    name_en = models.CharField(max_length=40)
    tile_column = models.PositiveSmallIntegerField()
    tile_row = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DongQuerySet(models.QuerySet["Dong"]):
    def on(self, day: date) -> DongQuerySet:
        """Return the dongs that exist on a day."""
        begun = models.Q(since_on=None) | models.Q(since_on__lte=day)
        not_ended = models.Q(until_on=None) | models.Q(until_on__gte=day)
        return self.filter(begun, not_ended)


class Dong(models.Model):
    """A dong (행정동) from its first to its last day; no first day means since before the records begin."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="dongs")
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=20)
    since_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    objects = DongQuerySet.as_manager()

    class Meta:
        ordering = ["district", "name"]
        constraints = [models.UniqueConstraint(fields=["code", "since_on"], name="dong_code_once_a_day")]

    def __str__(self) -> str:
        return self.name
