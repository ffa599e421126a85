"""Who acts: a person with the appointments that are in force at that moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from madang.ground.people.models import Appointment, Person
from madang.ground.people.roles import Role


@dataclass(frozen=True)
class Post:
    """One appointment in force: the role, and the numbers of its district and department."""

    role: Role
    district_id: int | None
    department_id: int | None


@dataclass(frozen=True)
class Actor:
    """A person (or nobody, or the system) as seen by permissions and operations."""

    person: Person | None
    posts: tuple[Post, ...] = ()
    is_system: bool = False

    @property
    def person_id(self) -> int | None:
        return self.person.pk if self.person is not None else None

    @property
    def is_signed_in(self) -> bool:
        return self.person is not None

    def holds(self, roles: Iterable[Role], district_id: int | None = None) -> bool:
        """Whether the actor holds one of the roles, in the district if one is named."""
        wanted = frozenset(roles)
        return any(
            post.role in wanted and (district_id is None or post.district_id in (None, district_id))
            for post in self.posts
        )

    def districts(self) -> frozenset[int]:
        return frozenset(post.district_id for post in self.posts if post.district_id is not None)

    def departments(self) -> frozenset[int]:
        return frozenset(post.department_id for post in self.posts if post.department_id is not None)


NOBODY = Actor(person=None)
SYSTEM = Actor(person=None, is_system=True)


def actor_for(person: Person | None, at: datetime) -> Actor:
    """Return the actor for a person with the appointments in force on the day of ``at``."""
    if person is None or not person.is_active:
        return NOBODY
    day = timezone.localdate(at)
    rows = Appointment.objects.on(day).filter(person=person).order_by("id")
    posts = tuple(Post(Role(row.role), row.district_id, row.department_id) for row in rows)
    return Actor(person=person, posts=posts)
