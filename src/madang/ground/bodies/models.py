from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from madang.ground.bodies.states import (
    FOCUS_GROUPS,
    MEETING,
    MOTION,
    Ballot,
    BodyKind,
    Gender,
    MemberClass,
    Proportion,
    StandsFor,
)
from madang.ground.people.models import Department
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
        constraints = [
            models.UniqueConstraint(fields=["district", "kind", "name"], name="body_named_once"),
            models.UniqueConstraint(
                fields=["kind", "name"], condition=models.Q(district=None), name="city_body_named_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_numbers(self) -> bool:
        """Whether its page shows numbers only, because the people were promised not to be named."""
        return self.kind in FOCUS_GROUPS


class Ordinance(models.Model):
    """A district's governance ordinance (협치 조례) as enacted or amended on a day; what it leaves open is empty.

    ``term_years`` is the longest term of an appointed member; ``present`` opens a meeting, ``decides`` a motion.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="ordinances")
    title = models.CharField(max_length=120)
    enacted_on = models.DateField()
    council_by_it = models.BooleanField(default=True)
    size_min = models.PositiveSmallIntegerField(null=True)
    size_max = models.PositiveSmallIntegerField(null=True)
    term_years = models.PositiveSmallIntegerField(null=True)
    present = models.CharField(max_length=10, choices=Proportion.choices, default=Proportion.MAJORITY)
    decides = models.CharField(max_length=10, choices=Proportion.choices, default=Proportion.MAJORITY)

    class Meta:
        ordering = ["-enacted_on"]
        constraints = [models.UniqueConstraint(fields=["district", "enacted_on"], name="ordinance_once_a_day")]

    def __str__(self) -> str:
        return self.title


class MemberQuerySet(models.QuerySet["Member"]):
    def on(self, day: date) -> MemberQuerySet:
        """Return the members whose term covers a day."""
        open_ended = models.Q(ends_on=None) | models.Q(ends_on__gte=day)
        return self.filter(open_ended, starts_on__lte=day)


class Member(models.Model):
    """A seat in a body with its term; ``appointed`` tells 위촉직 from 당연직 (BODY-3).

    ``department`` is the office somebody comes from, ``stands_for`` what else the rules ask of a body (BODY-8, 10).
    """

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
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    stands_for = ArrayField(models.CharField(max_length=30, choices=StandsFor.choices), default=list, blank=True)
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
    def parts(self) -> list[str]:
        """What the member stands for, in words."""
        return [str(StandsFor(one).label) for one in self.stands_for]

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
