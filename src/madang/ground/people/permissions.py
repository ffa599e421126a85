"""The one way to ask whether somebody may do something: action → who, denied by default, with the reason.

Each room keeps a ``permissions.py`` with one table, registered at start:

    PERMISSIONS = register({
        "agendas.propose": Who.signed_in(),
        "agendas.merge": Who.of(Role.SUPPORT_OFFICER, Role.SECRETARIAT),
    })

Operations call ``require(actor, "agendas.merge", subject)`` before anything else; views are marked with
``guarded("agendas.merge")`` or ``open_to_all``; templates ask ``may`` to decide what to show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.ground.people.actors import Actor
from madang.ground.people.roles import CITY_ROLES, Role
from madang.ground.workflow import UnableTo

Text = str | Promise
Extra = Callable[[Actor, Any], Text | None]


@dataclass(frozen=True)
class Answer:
    """Allowed, or refused with the reason; ``hidden`` refusals answer as if the thing did not exist."""

    allowed: bool
    reason: Text = ""
    hidden: bool = False

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True)
class Who:
    """Who may take an action: everyone, the signed in, or holders of roles (district roles in their own district).

    ``extra`` is a further condition on actor and subject; it returns a reason to refuse, or None.
    """

    roles: frozenset[Role] = frozenset()
    everyone: bool = False
    any_signed_in: bool = False
    hidden: bool = False
    extra: Extra | None = field(default=None, compare=False)

    @classmethod
    def anyone(cls, extra: Extra | None = None) -> Who:
        return cls(everyone=True, extra=extra)

    @classmethod
    def signed_in(cls, extra: Extra | None = None) -> Who:
        return cls(any_signed_in=True, extra=extra)

    @classmethod
    def of(cls, *roles: Role, hidden: bool = False, extra: Extra | None = None) -> Who:
        return cls(roles=frozenset(roles), hidden=hidden, extra=extra)


ALLOWED = Answer(True)
SIGN_IN_FIRST = Answer(False, _("먼저 로그인해 주세요."))
OTHER_DISTRICT = _("다른 구의 일이에요. 맡은 구에서만 할 수 있어요.")
_registry: dict[str, Who] = {}


class NotAllowed(UnableTo):
    """The actor may not take this action; ``hidden`` asks the site to answer 404."""

    def __init__(self, reason: Text, *, hidden: bool = False) -> None:
        super().__init__(reason)
        self.hidden = hidden


def register(table: Mapping[str, Who]) -> Mapping[str, Who]:
    """Add a room's table to the whole; an action named twice is an error."""
    for action, who in table.items():
        if action in _registry and _registry[action] != who:
            raise ValueError(f"permission {action} is declared twice")
        _registry[action] = who
    return table


def declared() -> Mapping[str, Who]:
    """Return the whole table, for tests and for the page that shows who may do what."""
    return dict(_registry)


def may(actor: Actor, action: str, subject: Any = None) -> Answer:
    """Answer whether an actor may take an action on a subject (anything with a ``district_id``), with the reason.

    Without a subject the answer is the coarse one: whether the actor holds a role that could. An action that no
    table declares is refused. The system may do everything.
    """
    if actor.is_system:
        return ALLOWED
    who = _registry.get(action)
    if who is None:
        return Answer(False, _("정해지지 않은 일이라 할 수 없어요."))
    answer = _by_role(actor, who, getattr(subject, "district_id", None))
    if answer and who.extra is not None and subject is not None:
        reason = who.extra(actor, subject)
        if reason is not None:
            return Answer(False, reason, who.hidden)
    return answer


def _by_role(actor: Actor, who: Who, district_id: int | None) -> Answer:
    if who.everyone:
        return ALLOWED
    if not actor.is_signed_in:
        return Answer(False, SIGN_IN_FIRST.reason, who.hidden)
    if who.any_signed_in:
        return ALLOWED
    if not actor.holds(who.roles):
        names = ", ".join(str(role.label) for role in sorted(who.roles))
        return Answer(False, _("%(roles)s만 할 수 있는 일이에요.") % {"roles": names}, who.hidden)
    if district_id is not None and not _holds_here(actor, who.roles, district_id):
        return Answer(False, OTHER_DISTRICT, who.hidden)
    return ALLOWED


def _holds_here(actor: Actor, roles: frozenset[Role], district_id: int) -> bool:
    return any(
        post.role in roles and (post.district_id == district_id or post.role in CITY_ROLES) for post in actor.posts
    )


def require(actor: Actor, action: str, subject: Any = None) -> None:
    """Raise ``NotAllowed`` with the reason unless the actor may take the action on the subject."""
    answer = may(actor, action, subject)
    if not answer:
        raise NotAllowed(answer.reason, hidden=answer.hidden)
