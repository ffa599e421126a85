from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property

from madang.decide.agendas.models import Agenda
from madang.decide.forums.models import Forum
from madang.decide.voting.states import ELECTION, Channel, EntryState, TieChoice, Viewpoint
from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District, Dong


class Election(models.Model):
    """One priority vote of an open forum (AGENDA-8): up to ``picks_most`` options a ballot, ``seats`` are chosen.

    ``age_least`` is the age, in full years, that a voter has on the closing day; ``roll_size`` is set at the freeze.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="elections")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="elections")
    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="elections")
    slug = models.SlugField(max_length=20)
    title = models.CharField(max_length=120)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    picks_most = models.PositiveSmallIntegerField(default=5)
    seats = models.PositiveSmallIntegerField(default=8)
    age_least = models.PositiveSmallIntegerField(default=14)
    tie_rule = models.CharField(max_length=10, choices=TieChoice.choices, default=TieChoice.DECIDE)
    tie_decision = models.TextField(blank=True, default="")
    state = models.CharField(max_length=20, choices=ELECTION.choices(), default=ELECTION.first)
    roll_size = models.PositiveIntegerField(null=True)
    codes_issued_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    close_reason = models.TextField(blank=True, default="")
    certified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    certified_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opens_at", "-id"]
        constraints = [
            ELECTION.constraint(),
            models.UniqueConstraint(fields=["district", "slug"], name="election_address_once"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="election_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=models.Q(picks_most__gte=1, seats__gte=1), name="election_picks_and_seats"
            ),
            models.CheckConstraint(
                condition=models.Q(certified_by=None)
                | ~(models.Q(certified_by=models.F("opened_by")) | models.Q(certified_by=models.F("closed_by"))),
                name="election_certified_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def option_ids(self) -> tuple[int, ...]:
        """The options' numbers, read once: they are fixed before the first ballot can come."""
        return tuple(self.options.values_list("pk", flat=True))


class Option(models.Model):
    """An agenda on the ballot with the material every voter can read beforehand; ``chosen`` is set by the result."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="options")
    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="voted_in")
    place = models.PositiveSmallIntegerField()
    material = models.TextField(blank=True, default="")
    votes = models.PositiveIntegerField(null=True)
    rank = models.PositiveSmallIntegerField(null=True)
    chosen = models.BooleanField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["election", "agenda"], name="option_once"),
            models.UniqueConstraint(
                fields=["election", "place"], name="option_place_once", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.agenda_id}"


class Preparation(models.Model):
    """How an open forum prepared its vote (AGENDA-8): when and how the material was given, what was discussed."""

    election = models.OneToOneField(Election, on_delete=models.CASCADE, related_name="preparation")
    material_given_on = models.DateField()
    material_how = models.CharField(max_length=120)
    viewpoints = ArrayField(models.CharField(max_length=20, choices=Viewpoint.choices), default=list, blank=True)
    paper_instructions = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"preparation of election {self.election_id}"

    @property
    def viewpoint_names(self) -> list[str]:
        """Return what was discussed in words, in the order of the guide."""
        return [str(one.label) for one in Viewpoint if one.value in self.viewpoints]


class RollFile(models.Model):
    """A file of voters as it was handed in; ``content`` is emptied as soon as it is taken in or replaced."""

    audit_redacted = ("content",)

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="roll_files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(default=b"")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    rows_added = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class RollEntry(models.Model):
    """One person's single right to vote in one election; no ballot refers to it, and it refers to no ballot."""

    audit_redacted = ("name", "birth_on", "access_code_hash")

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="roll")
    reference = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    birth_on = models.DateField()
    dong = models.ForeignKey(Dong, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="roll_entries"
    )
    access_code_hash = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.OPEN)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True, default="")
    spent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["reference"]
        indexes = [
            models.Index(fields=["election", "name", "birth_on"], name="roll_by_name"),
            models.Index(fields=["election", "channel"], condition=models.Q(state="spent"), name="roll_turnout"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["election", "reference"], name="voter_once"),
            models.UniqueConstraint(
                fields=["election", "person"], condition=models.Q(person__isnull=False), name="voter_claimed_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", channel="", spent_at=None)
                | (models.Q(state="spent", spent_at__isnull=False) & ~models.Q(channel="")),
                name="voter_spent_by_a_channel",
            ),
        ]

    def __str__(self) -> str:
        return f"voter {self.pk}"


class Ballot(models.Model):
    """One ballot: what was chosen and by which channel, without the person and without the time of day.

    The key is a hash over the client's key and the voter, so that a retry finds its receipt and nothing else does.
    """

    audit_redacted = ("id", "choices", "idempotency_key", "receipt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="ballots")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    choices = ArrayField(models.BigIntegerField())
    idempotency_key = models.CharField(max_length=64, unique=True)
    receipt = models.CharField(max_length=16, unique=True)
    cast_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(choices__len__gte=1), name="ballot_not_empty"),
            models.CheckConstraint(
                condition=models.Q(channel__in=["online", "mobile"], entered_by=None)
                | models.Q(channel__in=["on_site", "paper"], entered_by__isnull=False),
                name="ballot_entered_at_a_desk",
            ),
        ]

    def __str__(self) -> str:
        return f"ballot in election {self.election_id}"


class Tally(models.Model):
    """What the close counted from the ballots: an option's votes by one channel; without option, the ballots."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="tallies")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    option = models.ForeignKey(Option, null=True, on_delete=models.PROTECT, related_name="tallies")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "channel", "option"], name="tally_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.option_id}: {self.number}"


class WrongCode(models.Model):
    """A wrong access code for a voter number by a visitor (a hashed session), so that guessing ends soon."""

    audit_skip = True

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="+")
    reference = models.CharField(max_length=20)
    visitor = models.CharField(max_length=64)
    tried_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["election", "reference", "tried_at"], name="wrong_code_recent"),
            models.Index(fields=["election", "visitor", "tried_at"], name="wrong_code_visitor"),
        ]

    def __str__(self) -> str:
        return f"wrong code at {self.tried_at}"
