from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from madang.ground.people.roles import CITY_ROLES, Role
from madang.ground.places.models import District, Dong


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, name: str = "", password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in; ``name`` is personal and shown in public only in its short form."""

    audit_redacted = ("email", "name", "password")

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=60)
    language = models.CharField(max_length=5, default="ko")
    dong = models.ForeignKey(Dong, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    def __str__(self) -> str:
        return f"person {self.pk}"

    def get_short_name(self) -> str:
        return self.name

    @property
    def public_name(self) -> str:
        """The form that may stand on a public page: the family name and two circles."""
        return f"{self.name[:1]}○○" if self.name else "○○○"

    @property
    def is_staff(self) -> bool:
        """Whether the person may open the administration site, by an appointment that is in force."""
        return self.appointments.filter(role=Role.ADMINISTRATOR, ends_on=None).exists()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class Department(models.Model):
    """A department (부서) of a district's administration."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="department_named_once")]

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def on(self, day: date) -> AppointmentQuerySet:
        """Return the appointments in force on a day."""
        open_ended = models.Q(ends_on=None) | models.Q(ends_on__gte=day)
        return self.filter(open_ended, starts_on__lte=day)


class Appointment(models.Model):
    """A role in a district (or in the city, where ``district`` is empty), from its first to its last day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=30, choices=Role.choices)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="officers")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_city_or_district",
                condition=models.Q(role__in=sorted(CITY_ROLES), district=None)
                | (~models.Q(role__in=sorted(CITY_ROLES)) & models.Q(district__isnull=False)),
            ),
            models.CheckConstraint(
                name="appointment_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of person {self.person_id}"
