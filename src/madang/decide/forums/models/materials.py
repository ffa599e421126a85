"""What is given to people before a forum, and who was given it when."""

from __future__ import annotations

from django.db import models

from madang.decide.forums.models.forums import Forum
from madang.decide.forums.models.people import Registration
from madang.decide.forums.states import GivenBy
from madang.ground.files.models import StoredFile


class Material(models.Model):
    """Something to read, hear or see before a forum; public from ``sent_at``, the first time it was sent."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True, default="")
    link = models.URLField(max_length=300, blank=True, default="")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title

    @property
    def district_id(self) -> int:
        return self.forum.district_id


class MaterialSending(models.Model):
    """That one registered person was given one material, how and when."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="sendings")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="materials")
    given_by = models.CharField(max_length=10, choices=GivenBy.choices)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["material", "registration"], name="material_given_once")]

    def __str__(self) -> str:
        return f"{self.material_id} to {self.registration_id}"
