"""What stands in a roll file and who may be on a roll: rules over rows, without a write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from madang.ground.files.tables import Table, UnableToReadTable, read_table

COLUMNS = {
    "number": ("number", "번호", "선거인번호", "투표인번호"),
    "name": ("name", "이름", "성명"),
    "birth": ("birth", "생년월일", "생일"),
    "dong": ("dong", "동", "행정동"),
}
NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,19}")
SEPARATED_DAY = re.compile(r"(\d{4})[-./] ?(\d{1,2})[-./] ?(\d{1,2})\.?")
JOINED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
OLDEST_YEARS = 125


@dataclass(frozen=True)
class Voter:
    """One row of a roll as it will be stored; ``dong_id`` is the number of the dong's record."""

    reference: str
    name: str
    birth_on: date
    dong_id: int

    @property
    def as_person(self) -> tuple[str, date, int]:
        return (self.name, self.birth_on, self.dong_id)


@dataclass(frozen=True)
class RollCheck:
    """What a roll file holds: new voters, how many are on the roll already, and each rejected row with its cause."""

    new: tuple[Voter, ...]
    known: int
    rejected: tuple[tuple[int, str, str], ...]
    encoding_note: str = ""

    @property
    def rows(self) -> int:
        return len(self.new) + self.known + len(self.rejected)


def born_by(day: date, age: int) -> date:
    """Return the last day of birth with which somebody has an age, in full years, on a day."""
    year = day.year - age
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) and not _is_leap(year) else day.replace(year=year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def read_roll(content: bytes, name: str) -> Table:
    """Return a roll file as a table with the columns number, name, birth and dong.

    Raises ``UnableToReadTable`` with the columns that are missing.
    """
    table = read_table(content, name)
    found = {key: next((alias for alias in aliases if alias in table.columns), "") for key, aliases in COLUMNS.items()}
    missing = [f"{key}({COLUMNS[key][1]})" for key, alias in found.items() if not alias]
    if missing:
        raise UnableToReadTable(
            _("%(missing)s 열이 없어요. number, name, birth, dong 네 열이 있어야 해요.")
            % {"missing": ", ".join(missing)}
        )
    rows = tuple((number, {key: row[alias] for key, alias in found.items()}) for number, row in table.rows)
    return Table(tuple(found), rows, table.encoding_note, table.faults)


def check_roll(
    table: Table,
    *,
    dongs: Mapping[str, int],
    known: Iterable[Voter],
    age_least: int,
    closing_on: date,
) -> RollCheck:
    """Tell which rows of a roll file are new voters, which are known, and which are rejected and why.

    ``dongs`` gives the number of each dong of the district by ``dong_key`` of its name; ``known`` are the voters on
    the roll. A row is rejected for its number, name, birth, age on the closing day, dong, and for a number or a
    person that stands elsewhere already.
    """
    reader = _Reader(dongs, {voter.reference: voter for voter in known}, age_least, closing_on)
    new: list[Voter] = []
    already = 0
    rejected = [(number, "", cause) for number, cause in table.faults]
    for number, row in table.rows:
        try:
            voter = reader.voter(row)
            if reader.is_known(voter):
                already += 1
                continue
            reader.admit(voter, number)
        except _Rejected as cause:
            rejected.append((number, row["number"][:20], str(cause)))
        else:
            new.append(voter)
    return RollCheck(tuple(new), already, tuple(sorted(rejected)), table.encoding_note)


def dong_key(name: str) -> str:
    """Return a dong's name without spaces and with 제1동 and 1동 alike."""
    return re.sub(r"제(?=\d)", "", name.replace(" ", ""))


class _Rejected(Exception):
    """Why a row cannot be taken."""


class _Reader:
    def __init__(self, dongs: Mapping[str, int], known: dict[str, Voter], age_least: int, closing_on: date) -> None:
        self.dongs = dongs
        self.known = known
        self.age_least = age_least
        self.closing_on = closing_on
        self.latest_birth = born_by(closing_on, age_least)
        self.earliest_birth = born_by(closing_on, OLDEST_YEARS)
        self.people: dict[tuple[str, date, int], str] = {v.as_person: v.reference for v in known.values()}
        self.rows: dict[str, int] = {}

    def voter(self, row: Mapping[str, str]) -> Voter:
        number, name = row["number"].strip(), " ".join(row["name"].split())
        if not NUMBER.fullmatch(number):
            raise _Rejected(_("번호는 숫자나 영문자 20자까지예요."))
        if not name or len(name) > 60 or not name[0].isalpha():
            raise _Rejected(_("이름이 비었거나 글자가 아닌 것으로 시작해요."))
        birth_on = self._birth(row["birth"].strip())
        dong_id = self.dongs.get(dong_key(row["dong"]))
        if dong_id is None:
            raise _Rejected(_("「%(dong)s」은(는) 마감일에 이 구에 있는 동이 아니에요.") % {"dong": row["dong"][:20]})
        return Voter(number, name, birth_on, dong_id)

    def _birth(self, text: str) -> date:
        found = SEPARATED_DAY.fullmatch(text) or JOINED_DAY.fullmatch(text)
        try:
            birth_on = date(*map(int, found.groups())) if found else None
        except ValueError:
            birth_on = None
        if birth_on is None:
            raise _Rejected(_("생년월일을 2001-02-03처럼 적어 주세요."))
        if birth_on < self.earliest_birth:
            raise _Rejected(_("생년월일의 해를 다시 확인해 주세요."))
        if birth_on > self.latest_birth:
            raise _Rejected(_("마감일에 만 %(age)d살이 안 돼요.") % {"age": self.age_least})
        return birth_on

    def is_known(self, voter: Voter) -> bool:
        return self.known.get(voter.reference) == voter

    def admit(self, voter: Voter, row: int) -> None:
        if voter.reference in self.rows:
            raise _Rejected(_("같은 번호가 %(row)d번째 줄에도 있어요.") % {"row": self.rows[voter.reference]})
        if voter.reference in self.known:
            raise _Rejected(_("이 번호로 다른 사람이 이미 명부에 있어요."))
        other = self.people.get(voter.as_person)
        if other is not None:
            raise _Rejected(
                _("이름, 생년월일, 동이 %(number)s번과 같아요. 다른 사람이면 이름 뒤에 (2)처럼 구별해 적어 주세요.")
                % {"number": other}
            )
        self.rows[voter.reference] = row
        self.people[voter.as_person] = voter.reference
