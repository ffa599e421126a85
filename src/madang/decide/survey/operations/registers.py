from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from madang.decide.survey.models import JointProject, RelatedPlan
from madang.ground.audit.operations import operation
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.places.models import District
from madang.ground.workflow import UnableTo

Kept = JointProject | RelatedPlan


class UnableToKeepEntry(UnableTo):
    """The line of the register cannot be kept as it is written down."""


def keep_entry(
    *, model: type[Kept], district: District, values: Mapping[str, Any], actor: Actor, at: datetime,
    entry: Kept | None = None,
) -> Kept:  # fmt: skip
    """Add a line to the register of joint projects or of related plans, or change one (C3).

    Raises ``UnableToKeepEntry`` for a name that stands there already and for an end before the beginning.
    """
    kept = entry or model(district=district)
    require(actor, "survey.keep_registers", kept)
    _refuse_backwards(values)
    for name, value in values.items():
        setattr(kept, name, value)
    with operation("survey.keep_entry", actor=actor, at=at):
        try:
            with transaction.atomic():
                kept.save()
        except IntegrityError:
            raise UnableToKeepEntry(_("같은 이름이 이미 있어요."), field="title") from None
    return kept


def remove_entry(*, entry: Kept, actor: Actor, at: datetime) -> None:
    """Remove a line that was entered by mistake; the log keeps what it said."""
    require(actor, "survey.keep_registers", entry)
    with operation("survey.remove_entry", actor=actor, at=at):
        entry.delete()


def import_entries(
    *, model: type[Kept], district: District, rows: Sequence[Mapping[str, Any]], actor: Actor, at: datetime
) -> int:
    """Add many lines at once, or none; lines whose name stands there already are passed over.

    Returns how many were added. Raises ``UnableToKeepEntry`` when nothing is new.
    """
    require(actor, "survey.keep_registers", model(district=district))
    for row in rows:
        _refuse_backwards(row)
    with operation("survey.import_entries", actor=actor, at=at):
        manager: Any = model._default_manager
        known = set(manager.filter(district=district).values_list("title", flat=True))
        new = {row["title"]: row for row in rows if row["title"] not in known}
        if not new:
            raise UnableToKeepEntry(_("새로 더할 것이 없어요."))
        manager.bulk_create([model(district=district, **row) for row in new.values()])
    return len(new)


def _refuse_backwards(values: Mapping[str, Any]) -> None:
    if values["to_year"] is not None and values["to_year"] < values["from_year"]:
        raise UnableToKeepEntry(_("끝난 해가 시작한 해보다 빨라요."), field="to_year")
