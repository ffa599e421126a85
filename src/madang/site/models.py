from __future__ import annotations

from django.db import models


class SceneRun(models.Model):
    """A scene of the example year that has been played here; none is played twice."""

    audit_skip = True

    name = models.CharField(max_length=120, unique=True)
    ran_at = models.DateTimeField()

    class Meta:
        ordering = ["ran_at", "id"]

    def __str__(self) -> str:
        return self.name
