from __future__ import annotations

from django.conf import settings
from django.db import models

from madang.decide.agendas.states import PROPOSAL, Origin
from madang.decide.forums.models import Forum
from madang.ground.cycles.models import Cycle
from madang.ground.files.models import StoredFile
from madang.ground.places.models import District, Dong


class NumberRange(models.Model):
    """The last number given in a district's year, for proposals and for agendas; numbers are never given again."""

    audit_skip = True

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "year", "kind"], name="number_range_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.last}"


class ImportBatch(models.Model):
    """One file of proposals taken in, whole or not at all; the same file of a district is taken once."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="import_batches")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    rows_read = models.PositiveIntegerField()
    rows_added = models.PositiveIntegerField()
    rows_rejected = models.PositiveIntegerField()
    rows_known = models.PositiveIntegerField()
    rejected = models.JSONField(default=list)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["-imported_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["district", "sha256"], name="import_file_once")]

    def __str__(self) -> str:
        return f"import {self.pk}"


class Proposal(models.Model):
    """What a resident, forum or department proposes, under its permanent number (도봉-2020-0042).

    ``proposer`` is the person to whom every change is told; ``proposer_name`` is kept for proposals written down
    for somebody at a desk. Neither stands on a public page, export or search result: use ``public_proposer``.
    ``closed_at`` is when it was declined, handed over or withdrawn; ``decline_reason`` says why, or what happens there.
    A withdrawn proposal keeps its text and loses both names.
    """

    audit_redacted = ("proposer_name",)

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="proposals")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    problem = models.TextField()
    wish = models.TextField(blank=True, default="")
    place = models.CharField(max_length=120, blank=True, default="")
    dong = models.ForeignKey(Dong, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=20, choices=Origin.choices)
    forum = models.ForeignKey(Forum, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals"
    )
    proposer_name = models.CharField(max_length=60, blank=True, default="")
    state = models.CharField(max_length=20, choices=PROPOSAL.choices(), default=PROPOSAL.first)
    decline_reason = models.TextField(blank=True, default="")
    batch = models.ForeignKey(ImportBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    outside_id = models.CharField(max_length=60, blank=True, default="")
    submission_key = models.UUIDField(null=True, unique=True)
    proposed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        indexes = [
            models.Index(fields=["district", "cycle", "-proposed_at", "-id"], name="proposal_list"),
            models.Index(fields=["district", "cycle", "state", "-proposed_at", "-id"], name="proposal_list_state"),
            models.Index(fields=["district", "cycle", "dong", "-proposed_at", "-id"], name="proposal_list_dong"),
        ]
        constraints = [
            PROPOSAL.constraint(),
            models.UniqueConstraint(fields=["district", "cycle", "number"], name="proposal_number_once"),
            models.UniqueConstraint(
                fields=["district", "outside_id"], condition=~models.Q(outside_id=""), name="proposal_imported_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def page_number(self) -> str:
        """The number as it stands in an address: 2020-0042."""
        return f"{self.cycle.planning_year}-{self.number:04d}"

    @property
    def public_number(self) -> str:
        """The permanent number as people read it: 도봉-2020-0042."""
        return f"{self.district.short_name}-{self.page_number}"

    @property
    def public_proposer(self) -> str:
        """The short form of the proposer's name that may stand in public, or empty."""
        name = self.proposer.name if self.proposer is not None else self.proposer_name
        return f"{name[:1]}○○" if name else ""
