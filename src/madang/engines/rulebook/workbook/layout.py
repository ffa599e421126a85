"""The layout of the plan workbook: sheets, headings, and the Korean words of their cells.

A sheet or column that is missing is left out of the plan; an empty cell under a heading says "nothing".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time

Rows = Sequence[Sequence[object]]
Cell = Callable[[object], object]

PLAN_SHEET, MEMBERS_SHEET, TASKS_SHEET, PROJECTS_SHEET, LINES_SHEET = "계획", "위원", "추진과제", "사업", "예산"
GUIDE_SHEET, TOTALS_SHEET = "안내", "집계"
OTHER_SHEETS = (GUIDE_SHEET, TOTALS_SHEET)
# The column that carries the caller's own name of a line; it is no part of the plan.
REF_COLUMN = "관리번호"
GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]{1,15}")

CLASS_WORDS = {
    "민간": "private",
    "행정": "administration",
    "구의원": "district_councillor",
    "시의원": "city_councillor",
}
GENDER_WORDS = {"여성": "female", "남성": "male", "기타": "other", "미상": "unknown"}
PART_WORDS = {"분야별 협치과제": "sectoral", "협치기반구축": "foundation"}
FLAG_WORDS = {
    "재산성 물품": "durable_goods",
    "임차보증금": "lease_deposit",
    "회의 수당": "meeting_fee",
    "단체 운영 인력": "organisation_staff",
}
TRUTH_WORDS: dict[str, object] = {"예": True, "아니오": False, "아니요": False}
LEFT_OUT = object()


def plain(value: object) -> object:
    """Return a cell as JSON would have it: whole numbers as integers, days as text, text without spaces around it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value


def _text(value: object) -> object:
    """Return a cell as text: numbers typed as such become text."""
    return str(value) if type(value) is int else value


def _code(value: object) -> object:
    """Return a cell that identifies something; an empty one is not a name."""
    return _text(value)


def _amount(value: object) -> object:
    """Return an amount; an empty cell is nothing, and 3,000 or ３０００ typed as text is the number it says."""
    if isinstance(value, str) and GROUPED.fullmatch(typed := unicodedata.normalize("NFKC", value).strip()):
        return int(typed.replace(",", ""))
    return 0 if value == "" else value


def _optional(value: object) -> object:
    """Return a cell; an empty one is left out."""
    return LEFT_OUT if value == "" else value


def _word(words: Mapping[str, str], empty: object = "") -> Cell:
    """Return how a cell with one of some Korean words is read."""
    return lambda value: empty if value == "" else words.get(str(value), value)


def _truth(empty: object) -> Cell:
    """Return how a cell with yes or no is read."""
    return lambda value: empty if value == "" else TRUTH_WORDS.get(str(value), value)


def _parts(value: object) -> list[object]:
    """Return the parts of a cell that lists several things, separated by semicolons or, without any, by commas."""
    text = str(value)
    return [part.strip() for part in text.split(";" if ";" in text else ",") if part.strip()]


def _flags(value: object) -> object:
    """Return the flags of a line."""
    return [FLAG_WORDS.get(str(part), part) for part in _parts(value)]


def _numbers(value: object) -> object:
    """Return a list of numbers; what is not a number stays as it is, to be refused."""
    return [int(part) if isinstance(part, str) and part.isdecimal() else part for part in _parts(value)]


PLAN_ROWS: dict[str, tuple[str, Cell]] = {
    "형식": ("format", _text),
    "자치구": ("district", _text),
    "계획연도": ("planning_year", _optional),
    "회계연도": ("fiscal_year", _optional),
    "규정집": ("rulebook", _text),
    "시 보조금(천원)": ("city_grant", _optional),
}
MEMBER_COLUMNS: dict[str, tuple[str, Cell]] = {
    "이름": ("name", _text),
    "구분": ("class", _word(CLASS_WORDS)),
    "선출직": ("elected", _truth(False)),
    "위촉직": ("appointed", _truth(LEFT_OUT)),
    "성별": ("gender", _word(GENDER_WORDS, "unknown")),
}
TASK_COLUMNS: dict[str, tuple[str, Cell]] = {"번호": ("id", _code), "이름": ("title", _text)}
PROJECT_COLUMNS: dict[str, tuple[str, Cell]] = {
    "번호": ("id", _code),
    "이름": ("title", _text),
    "구분": ("part", _word(PART_WORDS)),
    "추진과제": ("task", _code),
    "담당 부서": ("joint_operation.departments", _parts),
    "민간 주체": ("joint_operation.private_partners", _parts),
    "함께하는 시기": ("joint_operation.when", _text),
    "함께하는 방법": ("joint_operation.how", _text),
    "민간이전 사유": ("transfer_reason", _text),
    "행정 단독 집행": ("run_by_administration_alone", _truth(False)),
    "편성 불가 번호": ("not_fundable", _numbers),
}
PROJECT_OF_LINE = "사업"
LINE_COLUMNS: dict[str, tuple[str, Cell]] = {
    PROJECT_OF_LINE: ("project", _code),
    "통계목": ("item", _code),
    "산출내역": ("basis", _text),
    "시비(천원)": ("city", _amount),
    "구비(천원)": ("district", _amount),
    "국비(천원)": ("national", _amount),
    "기타(천원)": ("other", _amount),
    "표시": ("flags", _flags),
    "사유": ("reason", _text),
    "물품등록대장": ("register_of_goods", _truth(False)),
    "성격": ("nature", _optional),
    REF_COLUMN: ("ref", lambda _value: LEFT_OUT),
}
