from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models

from madang.ground.bodies.states import MEETING, MOTION, Ballot, BodyKind, Gender, MemberClass
from madang.ground.places.models import District


class Body(models.Model):
    """A body of a district, or of the city where ``district`` is empty."""

    kind = models.CharField(max_length=30, choices=BodyKind.choices)
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="bodies")
    name = models.CharField(max_length=80)
    since_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "bodies"
        constraints = [models.UniqueConstraint(fields=["district", "kind", "name"], name="body_named_once")]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    def on(self, day: date) -> MemberQuerySet:
        """Return the members whose term covers a day."""
        open_ended = models.Q(ends_on=None) | models.Q(ends_on__gte=day)
        return self.filter(open_ended, starts_on__lte=day)


class Member(models.Model):
    """A seat in a body with its term; ``appointed`` tells 위촉직 from 당연직 (BODY-3)."""

    audit_redacted = ("name", "affiliation", "gender")

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="seats")
    name = models.CharField(max_length=60)
    affiliation = models.CharField(max_length=120, blank=True, default="")
    field = models.CharField(max_length=60, blank=True, default="")
    position = models.CharField(max_length=60, blank=True, default="")
    member_class = models.CharField(max_length=30, choices=MemberClass.choices)
    elected = models.BooleanField(default=False)
    appointed = models.BooleanField(default=True)
    gender = models.CharField(max_length=10, choices=Gender.choices, default=Gender.UNKNOWN)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"seat {self.pk}"

    @property
    def district_id(self) -> int | None:
        return self.body.district_id

    @property
    def public_name(self) -> str:
        """The form that may stand on a public page: the family name and two circles."""
        return f"{self.name[:1]}○○" if self.name else "○○○"


class Meeting(models.Model):
    """A meeting of a body with the members who are present."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=120)
    held_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=MEETING.choices(), default=MEETING.first)
    minutes = models.TextField(blank=True, default="")
    present = models.ManyToManyField(Member, related_name="meetings", blank=True)

    class Meta:
        ordering = ["-held_at"]
        constraints = [MEETING.constraint()]

    def __str__(self) -> str:
        return self.title

    @property
    def district_id(self) -> int | None:
        return self.body.district_id


class Motion(models.Model):
    """A question put to a meeting; ``subject_sha256`` binds it to exactly one version of what it decides on."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="motions")
    title = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.CharField(max_length=40, blank=True, default="")
    subject_sha256 = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(max_length=20, choices=MOTION.choices(), default=MOTION.first)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [MOTION.constraint()]

    def __str__(self) -> str:
        return self.title

    @property
    def district_id(self) -> int | None:
        return self.meeting.district_id


class MotionVote(models.Model):
    """One present member's vote on a motion."""

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="votes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    ballot = models.CharField(max_length=10, choices=Ballot.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "member"], name="motion_vote_once")]

    def __str__(self) -> str:
        return self.ballot
