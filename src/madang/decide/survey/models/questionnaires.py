from __future__ import annotations

import uuid
from datetime import date
from typing import cast

from django.conf import settings
from django.db import models

from madang.decide.survey.asking import Asked
from madang.decide.survey.states import QUESTIONNAIRE, Access, Channel, QuestionKind, QuestionnaireKind
from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District


class Questionnaire(models.Model):
    """A perception or demand questionnaire of a district's year, answered from its first to its last day (C3)."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="questionnaires")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="questionnaires")
    kind = models.CharField(max_length=20, choices=QuestionnaireKind.choices)
    title = models.CharField(max_length=120)
    intro = models.TextField(blank=True, default="")
    access = models.CharField(max_length=20, choices=Access.choices)
    opens_on = models.DateField()
    closes_on = models.DateField()
    state = models.CharField(max_length=20, choices=QUESTIONNAIRE.choices(), default=QUESTIONNAIRE.first)
    announced_at = models.DateTimeField(null=True)
    results_at = models.DateTimeField(null=True)
    state_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-opens_on", "-id"]
        constraints = [
            QUESTIONNAIRE.constraint(),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="questionnaire_closes_not_earlier"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, day: date) -> bool:
        """Say whether people may answer on a day."""
        return self.state == "announced" and self.opens_on <= day <= self.closes_on


class OfQuestionnaire(models.Model):
    """What belongs to one questionnaire."""

    class Meta:
        abstract = True

    @property
    def district_id(self) -> int:
        return cast(int, self.questionnaire.district_id)  # type: ignore[attr-defined]


class Question(OfQuestionnaire):
    """One question; it may be asked only of those who chose certain answers to an earlier one.

    ``choices`` are the words of the choices, or of both ends of a scale.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=QuestionKind.choices)
    text = models.CharField(max_length=300)
    choices = models.JSONField(default=list)
    required = models.BooleanField(default=False)
    depends_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="leads_to")
    if_chosen = models.JSONField(default=list)

    class Meta:
        ordering = ["questionnaire", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "place"], name="question_place_once", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def field(self) -> str:
        """Return the name of the question's field on a form."""
        return f"q{self.pk}"

    def asked(self) -> Asked:
        """Return the question without its words."""
        return Asked(
            key=str(self.pk),
            kind=self.kind,
            choices=len(self.choices) if self.kind in ("single", "multiple") else 0,
            required=self.required,
            depends_on=str(self.depends_on_id) if self.depends_on_id else "",
            if_chosen=frozenset(self.if_chosen),
        )


class AnswerSheet(OfQuestionnaire):
    """What one person answered, by question; who it was stands nowhere beside it, only the day.

    ``paper_number`` is the number on a paper sheet.
    """

    audit_redacted = ("id", "answers")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="sheets")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    paper_number = models.PositiveIntegerField(null=True)
    answers = models.JSONField()
    answered_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "paper_number"], name="paper_sheet_once"),
            models.CheckConstraint(
                condition=models.Q(channel="paper", paper_number__isnull=False)
                | models.Q(channel="online", paper_number=None),
                name="paper_sheet_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"sheet of questionnaire {self.questionnaire_id}"


class Respondent(OfQuestionnaire):
    """That a person has answered a questionnaire that takes one answer a person; not what."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="respondents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["questionnaire", "person"], name="respondent_once")]

    def __str__(self) -> str:
        return f"respondent {self.person_id}"
