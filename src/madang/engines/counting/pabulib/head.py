"""The sections before the votes: META and PROJECTS."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import get_args

from madang.engines.counting.model import Project, VoteType
from madang.engines.counting.pabulib.numbers import number
from madang.engines.counting.pabulib.problems import Problem

SECTIONS = ("meta", "projects", "votes")
VOTE_TYPES: tuple[VoteType, ...] = get_args(VoteType)
KINDS = ("kind", "category", "categories")


@dataclass
class Head:
    """What stands before the first vote; ``start`` and ``line`` say where the first vote stands."""

    meta: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    columns_line: int = 0
    start: int = 0
    line: int = 0
    seen: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def vote_type(self) -> VoteType:
        """Return the form of the ballots; approval where the file names none that exists."""
        named = self.meta.get("vote_type", "").lower()
        return next((one for one in VOTE_TYPES if one == named), "approval")

    @property
    def budget(self) -> Fraction:
        """Return the budget."""
        return number(self.meta.get("budget", "")) or Fraction(0)

    def wrong(self, line: int, ko: str, en: str) -> None:
        """Note a place that cannot be read."""
        self.problems.append(Problem(line, ko, en))


def read_head(content: bytes) -> Head:
    """Read all up to the first vote, noting every place that cannot be read."""
    head = Head()
    rows = _rows(content, head)
    section, columns = "", list[str]()
    for line, row in rows:
        named = row[0].strip().lower() if row else ""
        if named in SECTIONS and not any(one.strip() for one in row[1:]):
            section = named
            head.seen.add(section)
            head.columns_line, columns = next((one for one in rows if any(one[1])), (line, []))
            columns = [one.strip().lower() for one in columns]
            if section == "votes":
                head.columns = columns
                break
            _require_columns(head, section, columns)
        elif not any(one.strip() for one in row):
            continue
        elif section == "meta":
            key = row[0].strip().lower()
            head.meta[key] = row[1].strip() if len(row) > 1 else ""
            head.lines[key] = line
        elif section == "projects":
            _project(head, line, dict(zip(columns, (one.strip() for one in row), strict=False)))
        else:
            head.wrong(line, "파일은 META 줄로 시작해야 해요", "expected the file to begin with the line META")
            return head
    _judge(head)
    return head


def _rows(content: bytes, head: Head) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line on which it begins, keeping in ``head`` where the next one begins."""

    def decoded() -> Iterator[str]:
        for raw in _lines(content):
            head.start += len(raw)
            head.line += 1
            yield raw.decode("utf-8", errors="replace")

    reader = csv.reader(decoded(), delimiter=";")
    while True:
        began = head.line + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            head.wrong(
                began, "읽을 수 있는 줄이어야 해요(따옴표나 글자 수 확인)", "expected a line that can be read (quotes)"
            )
            continue
        yield began, row


def _lines(content: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(content):
        end = content.find(b"\n", start) + 1 or len(content)
        yield content[start:end]
        start = end


def _require_columns(head: Head, section: str, columns: list[str]) -> None:
    for one in ("project_id", "cost") if section == "projects" else ():
        if one not in columns:
            head.wrong(
                head.columns_line, f"PROJECTS 아래에는 {one} 열이 있어야 해요", f"expected a column {one} of PROJECTS"
            )


def _project(head: Head, line: int, row: dict[str, str]) -> None:
    one = row.get("project_id", "")
    cost = number(row.get("cost", ""))
    least = number(row["least"]) if row.get("least") else None
    if "project_id" in row and not one:
        head.wrong(line, "사업 번호(project_id)가 있어야 해요", "expected a project_id")
    elif one in head.projects:
        head.wrong(line, f"사업 번호는 한 번만 나와야 해요: {one}", f"expected each project_id once: {one}")
    elif "," in one:
        head.wrong(line, f"사업 번호에 쉼표가 없어야 해요: {one}", f"expected a project_id without a comma: {one}")
    elif "cost" in row and (cost is None or cost < 0):
        head.wrong(
            line, f"비용(cost)은 0 이상의 수여야 해요: {row['cost']}", f"expected a cost of 0 or more: {row['cost']}"
        )
    elif row.get("least") and (least is None or least < 0):
        head.wrong(
            line,
            f"최소 금액(least)은 0 이상의 수여야 해요: {row['least']}",
            f"expected a least of 0 or more: {row['least']}",
        )
    else:
        kind = next((row[name] for name in KINDS if row.get(name)), "")
        head.projects[one] = Project(one, cost or Fraction(0), row.get("name", ""), kind, least)


def _judge(head: Head) -> None:
    """Note what is missing as a whole."""
    for one in SECTIONS:
        if one not in head.seen:
            head.wrong(0, f"{one.upper()} 부분이 있어야 해요", f"expected a section {one.upper()}")
    budget = number(head.meta.get("budget", ""))
    where = head.lines.get("budget", 0)
    if "meta" in head.seen and (budget is None or budget <= 0):
        head.wrong(where, "META의 budget은 0보다 큰 수여야 해요", "expected budget in META, a number above 0")
    named = head.meta.get("vote_type", "").lower()
    if "meta" in head.seen and named not in VOTE_TYPES:
        types = ", ".join(VOTE_TYPES)
        where = head.lines.get("vote_type", 0)
        head.wrong(
            where,
            f"META의 vote_type은 다음 가운데 하나여야 해요: {types}",
            f"expected vote_type in META, one of {types}",
        )
    needed = {"vote"} | ({"points"} if named in {"cumulative", "scoring"} else set())
    for missing in sorted(needed - set(head.columns)) if "votes" in head.seen else ():
        head.wrong(
            head.columns_line, f"VOTES 아래에는 {missing} 열이 있어야 해요", f"expected a column {missing} of VOTES"
        )
