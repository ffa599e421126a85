"""A workbook that was handed in, held against the draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from madang.ground.files.models import StoredFile
from madang.ground.workflow import UnableTo
from madang.plan.plans.models import Plan
from madang.plan.plans.queries.documents import content_hash, draft_content
from madang.plan.plans.workbook import (
    Kind,
    ProjectChange,
    cells_refused,
    changes_of,
    problems_of,
    read_alike,
    read_workbook,
    workbook_facts,
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a workbook in would change; ``draft_sha256`` names the draft it was held against.

    ``is_older`` says that the draft was changed on the site after the workbook was made.
    """

    projects: tuple[ProjectChange, ...]
    draft_sha256: str
    is_older: bool

    @property
    def added(self) -> int:
        return self._count(Kind.ADDED)

    @property
    def changed(self) -> int:
        return self._count(Kind.CHANGED)

    @property
    def removed(self) -> int:
        return self._count(Kind.REMOVED)

    @property
    def texts(self) -> int:
        return sum(len(project.texts) for project in self.projects)

    def _count(self, kind: Kind) -> int:
        return sum(change.kind is kind for project in self.projects for change in project.changes)


def preview(content: bytes, plan: Plan) -> Preview:
    """Return what a workbook would change in the draft; raises ``UnableToReadWorkbook`` with the cells."""
    file = read_workbook(content, plan)
    draft = read_alike(workbook_facts(plan))
    problems = problems_of(draft, file)
    if problems:
        raise cells_refused(problems)
    sha256 = content_hash(draft_content(plan))
    return Preview(changes_of(draft, file.facts), sha256, file.draft_sha256 != sha256)


def purpose_of(plan: Plan) -> str:
    """Return the purpose under which a plan's workbooks are kept, so that no other plan sees them."""
    return f"plan-workbook-{plan.pk}"


def kept_workbook(plan: Plan, number: int) -> StoredFile | None:
    """Return a workbook that was handed in for a plan, or None."""
    return StoredFile.objects.filter(pk=number, purpose=purpose_of(plan)).first()


def content_of(file: StoredFile) -> bytes:
    """Return the content of a kept workbook; raises ``UnableTo`` when it is no longer there."""
    try:
        with file.content.open("rb") as stream:
            content: bytes = stream.read()
    except (OSError, ValueError):
        raise UnableTo(_("올린 파일이 남아 있지 않아요. 파일을 다시 올려 주세요."), field="file") from None
    return content
