from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from madang.decide.agendas.models import ImportBatch, Proposal
from madang.decide.agendas.queries.reading import Rejected, Row, read_proposals
from madang.ground.files.models import StoredFile
from madang.ground.places.models import District
from madang.ground.places.queries import dongs_of
from madang.ground.workflow import UnableTo


@dataclass(frozen=True)
class Known:
    """One row that was taken before, under ``page_number``; ``same_title``: the title has not changed."""

    row: int
    outside_id: str
    title: str
    page_number: str
    same_title: bool


@dataclass(frozen=True)
class Preview:
    """What taking a file in would do: ``rows`` are added, ``known`` and ``rejected`` are not."""

    rows: tuple[Row, ...]
    rejected: tuple[Rejected, ...]
    known: tuple[Known, ...] = ()
    encoding: str = ""

    @property
    def read(self) -> int:
        return len(self.rows) + len(self.rejected) + len(self.known)

    @property
    def undated(self) -> int:
        """How many rows to add have no day that can be read."""
        return sum(row.proposed_at is None for row in self.rows)

    @property
    def unplaced(self) -> int:
        """How many rows to add name a dong that the district does not have; it is kept as a place."""
        return sum(bool(row.place) for row in self.rows)

    @property
    def changed(self) -> list[Known]:
        """The known rows whose title differs from the one taken before."""
        return [known for known in self.known if not known.same_title]


def preview(content: bytes, name: str, *, district: District, at: datetime) -> Preview:
    """Return what taking a file in would do now; nothing is written.

    Raises ``UnableToReadTable`` for a file that is no table with the columns id, title and content.
    """
    read = read_proposals(content, name, dongs=_dongs(district, at), at=at)
    taken = _taken_before(district, [row.outside_id for row in read.rows])
    known = tuple(
        Known(row.row, row.outside_id, row.title, taken[row.outside_id][0], taken[row.outside_id][1] == row.title)
        for row in read.rows
        if row.outside_id in taken
    )
    new = tuple(row for row in read.rows if row.outside_id not in taken)
    return Preview(new, read.rejected, known, read.encoding)


def _dongs(district: District, at: datetime) -> dict[str, int]:
    return dict(dongs_of(district, timezone.localdate(at)).values_list("name", "pk"))


def _taken_before(district: District, ids: list[str]) -> dict[str, tuple[str, str]]:
    """Return number and title of the proposals that a district took under these ids before."""
    taken = Proposal.objects.filter(district=district, outside_id__in=ids)
    rows = taken.values_list("outside_id", "title", "cycle__planning_year", "number")
    return {outside_id: (f"{year}-{number:04d}", title) for outside_id, title, year, number in rows.iterator()}


def purpose_of(district: District) -> str:
    """Return the purpose under which a district's files of proposals are kept, so that no other district sees them."""
    return f"proposals-{district.slug}"


def kept_file(district: District, number: int) -> StoredFile | None:
    """Return a file of proposals that the district has handed in, or None."""
    return StoredFile.objects.filter(pk=number, purpose=purpose_of(district)).first()


def content_of(file: StoredFile) -> bytes:
    """Return the content of a kept file; raises ``UnableTo`` when it is no longer there."""
    try:
        with file.content.open("rb") as stream:
            content: bytes = stream.read()
    except (OSError, ValueError):
        raise UnableTo(_("올린 파일이 남아 있지 않아요. 파일을 다시 올려 주세요."), field="file") from None
    return content


def batch_of(district: District, sha256: str) -> ImportBatch | None:
    """Return the taking-in of this very file, if the district has taken it in before."""
    return ImportBatch.objects.filter(district=district, sha256=sha256).select_related("file").first()


def find_batch(district: District, number: int) -> ImportBatch | None:
    """Return one taking-in of the district, or None."""
    return ImportBatch.objects.filter(district=district, pk=number).select_related("file").first()


def newest_batches(district: District, most: int = 10) -> list[ImportBatch]:
    """Return the district's last takings-in, newest first."""
    return list(ImportBatch.objects.filter(district=district).select_related("file").defer("rejected")[:most])


def rejected_of(batch: ImportBatch) -> list[Rejected]:
    """Return the rows that a taking-in rejected."""
    return [Rejected(int(row["row"]), str(row["id"]), str(row["cause"])) for row in batch.rejected]
