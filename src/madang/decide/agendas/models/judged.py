from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from madang.decide.agendas.models.agendas import Agenda
from madang.decide.agendas.models.proposals import Proposal
from madang.decide.agendas.states import InvitationStep


class Invitation(models.Model):
    """A proposer invited to one step of an agenda: when, how, and whether they came (AGENDA-6); None: not known yet."""

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="invitations")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="invitations")
    step = models.CharField(max_length=20, choices=InvitationStep.choices)
    invited_on = models.DateField()
    how = models.CharField(max_length=120)
    came = models.BooleanField(null=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["agenda", "proposal", "step"], name="proposer_invited_once")]

    def __str__(self) -> str:
        return f"{self.step} of {self.agenda_id}"


class ExclusionReview(models.Model):
    """A reviewer's judgement of what the participatory-budgeting ordinance excludes (AGENDA-7).

    ``points`` are the numbers of the exclusions that apply, none where the list is empty; the newest one counts.
    """

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="exclusion_reviews")
    points = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    reason = models.TextField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"exclusions of {self.agenda_id}"
