from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.decide.agendas.texts import TEXT_MOST, TITLE_MOST, has_odd_characters, one_line, paragraphs
from madang.ground.files.tables import Table, UnableToReadTable, read_table

SEOUL = ZoneInfo("Asia/Seoul")
ID_MOST, NAME_MOST, PLACE_MOST = 60, 60, 120
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "번호", "제안번호"),
    "title": ("title", "제목", "제안제목"),
    "content": ("content", "내용", "제안내용"),
    "created_at": ("created_at", "등록일", "작성일", "등록일자"),
    "dong": ("dong", "동", "행정동"),
    "name": ("name", "이름", "제안자"),
}
NEEDED = ("id", "title", "content")
DAY = re.compile(r"(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})\.?(?:[\sT]+(.+))?")


class Cause(models.TextChoices):
    """Why a row of a file is not taken."""

    NO_ID = "no_id", gettext_lazy("id가 비었어요.")
    LONG_ID = "long_id", gettext_lazy("id가 60자를 넘어요.")
    REPEATED_ID = "repeated_id", gettext_lazy("파일 안에서 앞에 나온 id예요.")
    EMPTY_TITLE = "empty_title", gettext_lazy("제목이 비었어요.")
    LONG_TITLE = "long_title", gettext_lazy("제목이 200자를 넘어요.")
    EMPTY_CONTENT = "empty_content", gettext_lazy("내용이 비었어요.")
    LONG_CONTENT = "long_content", gettext_lazy("내용이 30,000자를 넘어요.")
    NOT_TEXT = "not_text", gettext_lazy("제목이나 내용이 글이 아니에요.")
    ODD_CHARACTERS = "odd_characters", gettext_lazy("글자가 아닌 기호가 섞여 있어요.")
    LONG_NAME = "long_name", gettext_lazy("이름이 60자를 넘어요.")
    LONG_PLACE = "long_place", gettext_lazy("동 이름이 120자를 넘어요.")


CAUSES = {str(cause.value): cause.label for cause in Cause}


@dataclass(frozen=True)
class Row:
    """One row that can be taken; ``proposed_at`` is None when the file gives no day that can be read."""

    row: int
    outside_id: str
    title: str
    problem: str
    place: str = ""
    dong_id: int | None = None
    proposer_name: str = ""
    proposed_at: datetime | None = None


@dataclass(frozen=True)
class Rejected:
    """One row that is not taken; ``cause`` is a key of ``Cause`` or, for an unreadable row, the sentence itself."""

    row: int
    outside_id: str
    cause: str

    @property
    def said(self) -> str:
        return str(CAUSES.get(self.cause, self.cause))


@dataclass(frozen=True)
class Reading:
    """What a file of proposals says: rows that can be taken, rows that cannot, and the encoding if it was a guess."""

    rows: tuple[Row, ...]
    rejected: tuple[Rejected, ...]
    encoding: str = ""


def read_proposals(content: bytes, name: str, *, dongs: Mapping[str, int], at: datetime) -> Reading:
    """Read a file into rows that can be taken and rows that cannot; ``dongs`` are numbers by name."""
    table = read_table(content, name)
    names = _named_columns(table)
    rows: list[Row] = []
    rejected = [Rejected(number, "", sentence) for number, sentence in table.faults]
    seen: set[str] = set()
    for number, cells in table.rows:
        given = {key: cells.get(column, "") for key, column in names.items()}
        row = _row(number, given, dongs, at)
        cause = next(_causes(row, given, seen), None)
        seen.add(row.outside_id)
        if cause is None:
            rows.append(row)
        else:
            rejected.append(Rejected(number, row.outside_id[:ID_MOST], cause.value))
    rejected.sort(key=lambda row: row.row)
    return Reading(tuple(rows), tuple(rejected), table.encoding_note)


def _named_columns(table: Table) -> dict[str, str]:
    """Return which column of the file holds what, by its English or Korean heading."""
    by_heading = {column.strip().lower(): column for column in table.columns}
    names = {
        key: next((by_heading[heading] for heading in headings if heading in by_heading), "")
        for key, headings in COLUMNS.items()
    }
    missing = [key for key in NEEDED if not names[key]]
    if missing:
        said = {"missing": ", ".join(missing), "found": ", ".join(table.columns[:12])}
        raise UnableToReadTable(_("%(missing)s 열이 없어요. 파일에 있는 열: %(found)s") % said, field="file")
    return {key: column for key, column in names.items() if column}


def _row(number: int, given: Mapping[str, str], dongs: Mapping[str, int], at: datetime) -> Row:
    dong = one_line(given.get("dong", ""))
    return Row(
        row=number,
        outside_id=one_line(given["id"]),
        title=one_line(given["title"]),
        problem=paragraphs(given["content"]),
        dong_id=dongs.get(dong),
        place="" if dong in dongs else dong,
        proposer_name=one_line(given.get("name", "")),
        proposed_at=_day_of(given.get("created_at", ""), at),
    )


def _causes(row: Row, given: Mapping[str, str], seen: set[str]) -> Iterator[Cause]:
    found = (
        (Cause.ODD_CHARACTERS, any(has_odd_characters(text) for text in given.values())),
        (Cause.NO_ID, not row.outside_id),
        (Cause.LONG_ID, len(row.outside_id) > ID_MOST),
        (Cause.REPEATED_ID, row.outside_id in seen),
        (Cause.EMPTY_TITLE, not row.title),
        (Cause.LONG_TITLE, len(row.title) > TITLE_MOST),
        (Cause.EMPTY_CONTENT, not row.problem),
        (Cause.LONG_CONTENT, len(row.problem) > TEXT_MOST),
        (Cause.NOT_TEXT, _is_data(row.title) or _is_data(row.problem)),
        (Cause.LONG_NAME, len(row.proposer_name) > NAME_MOST),
        (Cause.LONG_PLACE, len(row.place) > PLACE_MOST),
    )
    return (cause for cause, holds in found if holds)


def _is_data(text: str) -> bool:
    """Whether a text is a list or record of data that stood where a text belongs."""
    if not text.startswith(("{", "[")):
        return False
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def _day_of(text: str, at: datetime) -> datetime | None:
    """Return the instant that a cell names, in Seoul time where it says no other; never one after ``at``."""
    match = DAY.fullmatch(text.strip())
    if match is None:
        return None
    try:
        written = f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}T{match[4] or '00:00'}"
        instant = datetime.fromisoformat(written)
        instant = instant if instant.tzinfo is not None else instant.replace(tzinfo=SEOUL)
        return instant if datetime(1990, 1, 1, tzinfo=SEOUL) <= instant <= at else None
    except (ValueError, OverflowError):
        return None
