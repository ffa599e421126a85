from __future__ import annotations

from django.conf import settings
from django.db import models

from madang.decide.agendas.models.proposals import Proposal
from madang.decide.agendas.states import AGENDA, VERDICT_TONES, Criterion, Verdict
from madang.ground.cycles.models import Cycle
from madang.ground.people.models import Department
from madang.ground.places.models import District


class Agenda(models.Model):
    """What proposals are merged into, under its permanent number (도봉-2020-의12).

    ``round`` counts how often the agenda was taken up for review: a reopened one is judged anew, and what was judged
    before stays. ``concluded_at`` is when the criteria were last concluded, ``result_at`` when the vote decided.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="agendas")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="agendas")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.TextField()
    state = models.CharField(max_length=20, choices=AGENDA.choices(), default=AGENDA.first)
    kept_reason = models.TextField(blank=True, default="")
    round = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True)
    result_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            AGENDA.constraint(),
            models.UniqueConstraint(fields=["district", "cycle", "number"], name="agenda_number_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def page_number(self) -> str:
        """The number as it stands in an address: 2020-12."""
        return f"{self.cycle.planning_year}-{self.number}"

    @property
    def public_number(self) -> str:
        """The permanent number as people read it: 도봉-2020-의12."""
        return f"{self.district.short_name}-{self.cycle.planning_year}-의{self.number}"


class Strand(models.Model):
    """One strand of lineage: a proposal that flowed into an agenda, by whom, when, why; undone, it stays readable."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="strands")
    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="strands")
    reason = models.TextField(blank=True, default="")
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=models.Q(undone_at=None), name="proposal_in_one_agenda"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} → {self.agenda_id}"


class DepartmentReview(models.Model):
    """A department's answer to an agenda; empty ``verdict`` means it has been asked and has not answered."""

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="department_reviews")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="reviews")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    verdict = models.CharField(max_length=20, choices=Verdict.choices, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    conditions = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["agenda", "department"], name="department_asked_once")]

    def __str__(self) -> str:
        return f"{self.department_id} on {self.agenda_id}"

    @property
    def district_id(self) -> int:
        return self.agenda.district_id

    @property
    def tone(self) -> str:
        return VERDICT_TONES.get(self.verdict, "")


class CriteriaReview(models.Model):
    """One reviewer's judgement of one criterion, with a reason (AGENDA-1 to 4).

    ``forums_seen`` is how many recorded forums stood behind the agenda at that moment; openness and deliberation
    judged with none are shown as such.
    """

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="criteria_reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    criterion = models.CharField(max_length=20, choices=Criterion.choices)
    passed = models.BooleanField()
    reason = models.TextField()
    forums_seen = models.PositiveSmallIntegerField(default=0)
    judged_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["agenda", "round", "reviewer", "criterion"], name="criterion_judged_once")
        ]

    def __str__(self) -> str:
        return f"{self.criterion} of {self.agenda_id}"
