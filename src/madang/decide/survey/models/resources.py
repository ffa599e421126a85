from __future__ import annotations

from django.conf import settings
from django.db import models

from madang.decide.survey.states import RESOURCE, ConsentWay, ResourceKind, Theme
from madang.ground.places.models import District, Dong

# Only with a consent in force; erased with it.
PERSONAL = ("person_name", "phone", "email")


class Resource(models.Model):
    """A person, an organisation or a space that a district can count on (C3).

    Name, telephone and e-mail of a person stand here only while ``consent_on`` is set and nothing withdrew it; the
    log keeps none of the words, since what is said of a person may tell who it is.
    """

    audit_redacted = (*PERSONAL, "title", "about", "place")

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=20, choices=ResourceKind.choices)
    theme = models.CharField(max_length=20, choices=Theme.choices)
    title = models.CharField(max_length=120)
    about = models.TextField()
    dong = models.ForeignKey(Dong, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=120, blank=True, default="")
    person_name = models.CharField(max_length=40, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    email = models.EmailField(max_length=120, blank=True, default="")
    consent_way = models.CharField(max_length=20, choices=ConsentWay.choices, blank=True, default="")
    consent_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    state = models.CharField(max_length=20, choices=RESOURCE.choices(), default=RESOURCE.first)
    state_reason = models.CharField(max_length=300, blank=True, default="")
    suggested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["district", "state", "-id"], name="resource_list")]
        constraints = [
            RESOURCE.constraint(),
            models.CheckConstraint(
                condition=models.Q(person_name="", phone="", email="")
                | (models.Q(consent_on__isnull=False, withdrawn_on=None) & ~models.Q(consent_way="")),
                name="resource_personal_data_by_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"resource {self.pk}"

    @property
    def has_consent(self) -> bool:
        return self.consent_on is not None and self.withdrawn_on is None

    @property
    def has_personal(self) -> bool:
        return any(getattr(self, name) for name in PERSONAL)
