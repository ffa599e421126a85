"""A filled workbook is kept for its preview, and taken in whole or not at all."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from madang.ground.files.models import StoredFile
from madang.ground.files.operations import keep_file
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo
from madang.plan.plans.models import Plan
from madang.plan.plans.operations.budget import LineInput, put_budget
from madang.plan.plans.operations.editing import UnableToEdit, editing
from madang.plan.plans.queries.workbook import Preview, content_of, preview, purpose_of
from madang.plan.plans.workbook import ProjectChange

JOINT = {
    "departments": "joint_departments",
    "private_partners": "joint_partners",
    "when": "joint_when",
    "how": "joint_how",
}
LISTS = ("departments", "private_partners", "not_fundable")


class UnableToImport(UnableTo):
    """The workbook cannot be taken in as it was previewed."""


def keep_workbook(
    *, plan: Plan, content: bytes, name: str, content_type: str, actor: Actor, at: datetime
) -> StoredFile:
    """Keep a filled workbook for its preview, once it is known that it can be read.

    Raises ``UnableToReadWorkbook`` with the cells that cannot be read, ``UnableToEdit`` once the plan is submitted.
    """
    require(actor, "plans.write", plan)
    if Plan.objects.get(pk=plan.pk).state == "submitted":
        raise UnableToEdit(_("서울시에 낸 계획은 파일로 고칠 수 없어요."), field="file")
    preview(content, plan)
    return keep_file(
        content=content, name=name, content_type=content_type, purpose=purpose_of(plan), actor=actor, at=at
    )


def import_workbook(*, plan: Plan, file: StoredFile, draft_sha256: str, actor: Actor, at: datetime) -> Preview:
    """Take in everything that a kept workbook changes in one transaction, or nothing; return what was changed.

    ``draft_sha256`` names the draft of the preview. Raises ``UnableToImport`` for a file of another plan, for a draft
    that has changed since, and when nothing changes; ``UnableToEdit`` once the plan is submitted.
    """
    require(actor, "plans.write", plan)
    content = content_of(file)
    if file.purpose != purpose_of(plan) or hashlib.sha256(content).hexdigest() != file.sha256:
        raise UnableToImport(_("미리 본 파일이 아니에요. 파일을 다시 올려 주세요."))
    with editing("plans.import_workbook", plan=plan, actor=actor, at=at):
        seen = preview(content, plan)
        if seen.draft_sha256 != draft_sha256:
            raise UnableToImport(_("미리 본 뒤에 계획이 바뀌었어요. 무엇이 바뀌는지 다시 확인해 주세요."))
        if not seen.projects:
            raise UnableToImport(_("바뀌는 것이 없어요."))
        stored = {project.number: project for project in plan.projects.select_related("plan__district", "plan__cycle")}
        for change in seen.projects:
            put_budget(stored[change.number], _inputs(change), _texts(change, plan))
    return seen


def _inputs(change: ProjectChange) -> list[LineInput]:
    return [
        LineInput(
            item=line.item,
            basis=line.basis,
            city_kwon=line.city,
            district_kwon=line.district,
            national_kwon=line.national,
            other_kwon=line.other,
            flags=tuple(sorted(line.flags)),
            reason=line.reason or "",
            register_of_goods=bool(line.register_of_goods),
            nature=line.nature or "",
            line_id=int(line.ref) if line.ref else None,
        )
        for line in change.lines
    ]


def _texts(change: ProjectChange, plan: Plan) -> dict[str, Any]:
    """Return the changed texts of a project by column."""
    found: dict[str, Any] = {}
    for name, _before, after in change.texts:
        found[JOINT.get(name, name)] = list(after) if name in LISTS else after
    if "task" in found:
        found["task"] = plan.tasks.filter(number=found["task"]).first()
    return found
