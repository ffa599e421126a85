"""Reading proposals from a file: CSV with a first line of names, or one JSON object a line; UTF-8.

Fields: ``id`` (different in each row), ``title``, ``content``; others are passed over.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from madang.engines.matching.similar import Row

FIELDS = ("id", "title", "content")
_LONGEST_FIELD = 10_000_000


@dataclass(frozen=True)
class Problem:
    """A place in a file ("line 3, id"; empty for the whole file) and what was expected there, in both languages."""

    at: str
    ko: str
    en: str

    def expected(self, lang: str) -> str:
        """Return what was expected in one language."""
        return self.ko if lang == "ko" else self.en


class UnableToReadRows(Exception):
    """A file that cannot be read, with every place that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.at}: {problem.en}" for problem in problems))
        self.problems = problems


def rows_of(content: bytes, suffix: str) -> list[Row]:
    """Return the rows of a ``.csv`` or ``.jsonl`` file; raises UnableToReadRows with all places that are wrong."""
    if suffix not in {".csv", ".jsonl"}:
        raise UnableToReadRows([Problem("", ".csv 또는 .jsonl 파일이어야 해요", "expected a .csv or .jsonl file")])
    text = _decoded(content)
    problems: list[Problem] = []
    found = _from_csv(text, problems) if suffix == ".csv" else _from_lines(text, problems)
    rows = [row for row in (_row(line, fields, problems) for line, fields in found) if row is not None]
    problems += _repeated(rows)
    if problems:
        raise UnableToReadRows(problems)
    return [row for _line, row in rows]


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnableToReadRows([Problem(f"line {line}", "UTF-8 글자여야 해요", "expected UTF-8 text")]) from error


def _from_csv(text: str, problems: list[Problem]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each row of a table with its line; a first line without the three names ends the reading."""
    before = csv.field_size_limit(_LONGEST_FIELD)
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [name.strip() for name in next(table, [])]
        missing = [field for field in FIELDS if names.count(field) != 1]
        if missing:
            named = ", ".join(missing)
            problems.append(
                Problem("line 1", f"이름이 {named}인 칸이 하나씩 있어야 해요", f"expected one column named {named}")
            )
            return
        line = table.line_num + 1
        for cells in table:
            if len(cells) not in {0, len(names)}:
                ko, en = f"칸이 {len(names)}개여야 해요", f"expected {len(names)} columns"
                problems.append(Problem(f"line {line}", f"{ko} ({len(cells)}개)", f"{en}, found {len(cells)}"))
            elif cells:
                yield line, dict(zip(names, cells, strict=True))
            line = table.line_num + 1
    except csv.Error as error:
        problems.append(
            Problem(f"line {table.line_num}", f"CSV로 읽을 수 있어야 해요 ({error})", f"expected CSV ({error})")
        )
    finally:
        csv.field_size_limit(before)


def _from_lines(text: str, problems: list[Problem]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the object of each line that is not empty, with the line."""
    for line, content in enumerate(text.split("\n"), start=1):
        if content.strip():
            try:
                found = json.loads(content)
            except (ValueError, RecursionError):
                found = None
            if isinstance(found, dict):
                yield line, found
            else:
                problems.append(Problem(f"line {line}", "JSON 객체 하나여야 해요", "expected one JSON object"))


def _row(line: int, fields: dict[str, Any], problems: list[Problem]) -> tuple[int, Row] | None:
    """Return a row, or None and the problems of its line."""
    values = {name: fields.get(name) for name in FIELDS}
    key = values["id"]
    if isinstance(key, int) and not isinstance(key, bool):
        values["id"] = str(key)
    wrong = [name for name, value in values.items() if not isinstance(value, str)]
    if "id" not in wrong and not str(values["id"]).strip():
        wrong.insert(0, "id")
    problems += [
        Problem(f"line {line}, {name}", "글이어야 해요", "expected text")
        if name != "id"
        else Problem(
            f"line {line}, id", "비지 않은 글이나 정수여야 해요", "expected text that is not empty, or an integer"
        )
        for name in wrong
    ]
    return None if wrong else (line, Row(str(values["id"]).strip(), str(values["title"]), str(values["content"])))


def _repeated(rows: list[tuple[int, Row]]) -> Iterator[Problem]:
    """Yield a problem for each row whose id stands in an earlier one."""
    first: dict[str, int] = {}
    for line, row in rows:
        if row.id in first:
            at = first[row.id]
            ko, en = f"다른 id여야 해요 ({at}째 줄에 이미 있어요)", f"expected another id (line {at} has it already)"
            yield Problem(f"line {line}, id", ko, en)
        first.setdefault(row.id, line)
