from __future__ import annotations

from django.conf import settings
from django.db import models

from madang.decide.agendas.models.proposals import Proposal


class Difference(models.Model):
    """Two proposals that somebody told apart: the merge desk lays them together no more, until it is taken back."""

    first = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    told_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="difference_in_order"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=models.Q(taken_back_at=None), name="difference_told_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"

    @property
    def district_id(self) -> int:
        return self.first.district_id
