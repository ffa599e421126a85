from __future__ import annotations

import hashlib
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.agendas.models import ImportBatch, Proposal
from madang.decide.agendas.operations.numbers import give_numbers, hold_numbers
from madang.decide.agendas.queries.imports import Preview, batch_of, content_of, preview, purpose_of
from madang.decide.agendas.queries.proposals import reason_not_taking, year_on, years_of
from madang.decide.agendas.queries.reading import read_proposals
from madang.decide.agendas.states import Origin
from madang.ground.audit.operations import operation
from madang.ground.cycles.models import Cycle
from madang.ground.files.models import StoredFile
from madang.ground.files.operations import keep_file
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.places.models import District
from madang.ground.workflow import UnableTo

ROWS_A_STATEMENT = 500


class UnableToImportTwice(UnableTo):
    """The district has taken in this very file before; ``batch`` is that taking-in."""

    def __init__(self, batch: ImportBatch) -> None:
        moment = timezone.localtime(batch.imported_at)
        said = {"moment": f"{moment:%Y-%m-%d %H:%M}", "added": f"{batch.rows_added:,}"}
        super().__init__(
            _("이 파일은 %(moment)s에 이미 가져왔어요. 그때 제안 %(added)s건을 더했어요. 이번에는 더한 것이 없어요.")
            % said,
            field="file",
        )
        self.batch = batch


def keep_proposal_file(
    *, district: District, content: bytes, name: str, content_type: str, actor: Actor, at: datetime
) -> StoredFile:
    """Keep a file of proposals for its preview, once it is known that it can be read and is new.

    Raises ``UnableToReadTable``, ``UnableToImportTwice``, and ``UnableTo`` outside the stages for proposals (C3).
    """
    require(actor, "agendas.import", Proposal(district=district))
    _open_cycle(district, at)
    _refuse_known(district, hashlib.sha256(content).hexdigest())
    read_proposals(content, name, dongs={}, at=at)
    return keep_file(
        content=content, name=name, content_type=content_type, purpose=purpose_of(district), actor=actor, at=at
    )


def import_proposals(*, district: District, file: StoredFile, sha256: str, actor: Actor, at: datetime) -> ImportBatch:
    """Take in every good row of a kept file in one transaction, or none; ``sha256`` is the hash that was previewed.

    Raises ``UnableToImportTwice`` for a file taken in before, ``UnableTo`` when the file is not the one previewed, when
    it holds nothing new, and outside the stages for proposals (C3).
    """
    require(actor, "agendas.import", Proposal(district=district))
    content = _content(file, sha256, district)
    cycle = _open_cycle(district, at)
    with operation("agendas.import", actor=actor, at=at):
        hold_numbers(district, cycle.planning_year, "proposal")
        _refuse_known(district, file.sha256)
        seen = preview(content, file.name, district=district, at=at)
        if not seen.rows:
            raise UnableTo(_("새로 더할 제안이 없어요."))
        batch = _create_batch(seen, district, cycle, file, actor, at)
        _create_proposals(seen, batch, at)
    return batch


def _open_cycle(district: District, at: datetime) -> Cycle:
    year = year_on(years_of(district), timezone.localdate(at))
    reason = reason_not_taking(year)
    if year is None or reason:
        raise UnableTo(reason)
    return year.cycle


def _refuse_known(district: District, sha256: str) -> None:
    batch = batch_of(district, sha256)
    if batch is not None:
        raise UnableToImportTwice(batch)


def _content(file: StoredFile, sha256: str, district: District) -> bytes:
    """Return the content of a kept file, if it is the district's and the very one that was previewed."""
    content = content_of(file)
    same = file.purpose == purpose_of(district) and sha256 == file.sha256 == hashlib.sha256(content).hexdigest()
    if not same:
        raise UnableTo(_("미리 본 파일이 아니에요. 파일을 다시 올려 주세요."), field="file")
    return content


def _create_batch(
    seen: Preview, district: District, cycle: Cycle, file: StoredFile, actor: Actor, at: datetime
) -> ImportBatch:
    return ImportBatch.objects.create(
        district=district,
        cycle=cycle,
        file=file,
        sha256=file.sha256,
        rows_read=seen.read,
        rows_added=len(seen.rows),
        rows_rejected=len(seen.rejected),
        rows_known=len(seen.known),
        rejected=[{"row": row.row, "id": row.outside_id, "cause": row.cause} for row in seen.rejected],
        imported_by_id=actor.person_id,
        imported_at=at,
    )


def _create_proposals(seen: Preview, batch: ImportBatch, at: datetime) -> None:
    numbers = give_numbers(batch.district, batch.cycle.planning_year, "proposal", len(seen.rows))
    Proposal.objects.bulk_create(
        (
            Proposal(
                district=batch.district,
                cycle=batch.cycle,
                number=number,
                title=row.title,
                problem=row.problem,
                place=row.place,
                dong_id=row.dong_id,
                origin=Origin.IMPORTED,
                proposer_name=row.proposer_name,
                batch=batch,
                outside_id=row.outside_id,
                proposed_at=row.proposed_at or at,
            )
            for number, row in zip(numbers, seen.rows, strict=True)
        ),
        batch_size=ROWS_A_STATEMENT,
    )
