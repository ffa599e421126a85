"""The section VOTES read field by field: every ballot form, quoted fields and odd lines."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

from madang.engines.counting.model import Ballots, columns, marks_of
from madang.engines.counting.pabulib.head import Head
from madang.engines.counting.pabulib.numbers import number
from madang.engines.counting.pabulib.problems import Problem, UnableToReadElection

Written = tuple[str, str]
NOTHING = {"", "none", "null", "nan"}


def read_votes(content: bytes, head: Head) -> Ballots:
    """Return the ballots of a file; raises ``UnableToReadElection`` with every line that is not a ballot."""
    place = {one: number for number, one in enumerate(head.projects)}
    kinds: dict[tuple[tuple[int, Fraction | int], ...], int] = {}
    problems: list[Problem] = []
    doubled = 0
    for written, lines in _alike(content, head, problems).items():
        ids = [one.strip() for one in written[0].split(",") if one.strip().lower() not in NOTHING]
        points, wrong = _points(written, ids, head)
        wrong = wrong or _unknown(ids, head)
        if wrong is not None:
            problems += [Problem(line, *wrong) for line in lines]
            continue
        marks, twice = marks_of([place[one] for one in ids], points, head.vote_type)
        doubled += twice * len(lines)
        kind = tuple(sorted(marks.items()))
        kinds[kind] = kinds.get(kind, 0) + len(lines)
    if problems:
        raise UnableToReadElection(problems)
    return columns(kinds, doubled=doubled)


def _alike(content: bytes, head: Head, problems: list[Problem]) -> dict[Written, list[int]]:
    """Return what is written on the ballots (projects, points) with the lines on which it stands."""
    alike: dict[Written, list[int]] = {}
    vote = head.columns.index("vote")
    pointed = head.columns.index("points") if head.vote_type in {"cumulative", "scoring"} else None
    needed = max(vote, pointed or 0)
    reader = csv.reader(io.StringIO(content[head.start :].decode("utf-8"), newline=""), delimiter=";")
    line = head.line + 1
    try:
        for row in reader:
            if len(row) > needed:
                alike.setdefault((row[vote], row[pointed] if pointed is not None else ""), []).append(line)
            elif any(one.strip() for one in row):
                problems.append(
                    Problem(
                        line,
                        f"{needed + 1}칸 이상이어야 해요(지금 {len(row)}칸)",
                        f"expected at least {needed + 1} fields, found {len(row)}",
                    )
                )
            line = head.line + 1 + reader.line_num
    except csv.Error:
        problems.append(
            Problem(line, "읽을 수 있는 줄이어야 해요(따옴표 확인)", "expected a line that can be read (quotes)")
        )
    return alike


def _points(written: Written, ids: list[str], head: Head) -> tuple[list[Fraction] | None, tuple[str, str] | None]:
    """Return the points of a ballot, None where its form has none, or what is wrong with them."""
    if head.vote_type not in {"cumulative", "scoring"}:
        return None, None
    spelt = [one.strip() for one in written[1].split(",") if one.strip().lower() not in NOTHING]
    if len(spelt) != len(ids):
        ko = f"사업 {len(ids)}개에 점수도 {len(ids)}개여야 해요(지금 {len(spelt)}개)"
        return None, (ko, f"expected {len(ids)} points for {len(ids)} projects, found {len(spelt)}")
    points = [number(one) for one in spelt]
    wrong = [one for one, value in zip(spelt, points, strict=True) if value is None]
    if wrong:
        return None, (f"점수는 수여야 해요: {wrong[0]}", f"expected points to be numbers: {wrong[0]}")
    return [one for one in points if one is not None], None


def _unknown(ids: list[str], head: Head) -> tuple[str, str] | None:
    unknown = [one for one in ids if one not in head.projects]
    if not unknown:
        return None
    named = ", ".join(dict.fromkeys(unknown))
    return (f"PROJECTS에 있는 사업 번호여야 해요: {named}", f"expected a project_id of PROJECTS: {named}")
