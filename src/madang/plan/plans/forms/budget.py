"""The budget grid as it is typed: raw cells, what they mean, and what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from madang.engines import rulebook
from madang.plan.plans.models import Line, Project
from madang.plan.plans.models.projects import SOURCES
from madang.plan.plans.operations.budget import MOST_KWON, LineInput, cell_problems
from madang.plan.plans.queries.facts import project_facts
from madang.plan.plans.states import Flag

KEY = re.compile(r"(?:[1-9][0-9]{0,17}|new[0-9]{1,4})")
WHOLE_NUMBER = re.compile(r"[0-9]{1,15}")
FRACTION = re.compile(r"[0-9]*\.[0-9]+")
NUMBERS = re.compile(r"[0-9][0-9,]*")
MOST_ROWS = 200
LONGEST = {"basis": 300, "reason": 2000, "joint_when": 200, "joint_how": 4000, "transfer_reason": 4000}
TEXTS = ("joint_when", "joint_how", "transfer_reason")
LISTS = ("joint_departments", "joint_partners")


@dataclass
class RowDraft:
    """A row of the grid: cells as typed, amounts as read (0 where they cannot be read), errors by column."""

    key: str
    item: str
    basis: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)
    reason: str = ""
    register_of_goods: bool = False
    nature: str = ""
    amounts: dict[str, int] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.amounts.values())

    @property
    def category(self) -> str:
        return self.item[:3]

    @property
    def rounded_note(self) -> str:
        """Say when the basis comes to another amount than the row (rounded up to thousand won)."""
        won = basis_won(self.basis)
        if won is None:
            return ""
        kwon, rounded = rulebook.kwon_from_won(won)
        if kwon == self.total:
            return _("%(won)s원을 올려 %(kwon)s천원") % {"won": f"{won:,}", "kwon": f"{kwon:,}"} if rounded else ""
        return _("산출내역은 %(kwon)s천원이에요.") % {"kwon": f"{kwon:,}"}

    def to_input(self) -> LineInput:
        """Return the row as a line to be saved."""
        return LineInput(
            item=self.item,
            basis=self.basis,
            **{f"{source}_kwon": self.amounts[source] for source in SOURCES},
            flags=tuple(self.flags),
            reason=self.reason,
            register_of_goods=self.register_of_goods,
            nature=self.nature,
            line_id=int(self.key) if self.key.isdigit() else None,
        )

    def to_fact(self) -> rulebook.Line:
        """Return the row as a fact whose own name is its key."""
        return rulebook.Line(
            item=self.item,
            **self.amounts,
            basis=self.basis,
            flags=frozenset(self.flags),
            reason=self.reason,
            register_of_goods=self.register_of_goods,
            nature=self.nature or None,
            ref=self.key,
        )

    def write_amounts(self) -> None:
        """Put the amounts into the cells, as after a way out was tried."""
        self.cells = {source: f"{self.amounts[source]:,}" for source in SOURCES}


def basis_won(basis: str) -> int | None:
    """Return what a basis comes to in won: the product of the last number of each part ("6회 × 500,000원")."""
    if not basis.strip().endswith("원"):
        return None
    won = 1
    for part in re.split(r"[×xX*]", basis):
        numbers = NUMBERS.findall(part)
        if not numbers or len(numbers[-1]) > len("999,999,999,999"):
            return None
        won *= int(numbers[-1].replace(",", ""))
    return won


def read_amount(typed: str) -> tuple[int, str]:
    """Return the amount in thousand won that was typed and what is wrong with it (empty when nothing is)."""
    plain = unicodedata.normalize("NFKC", typed).replace(",", "").replace(" ", "")
    if not plain:
        return 0, ""
    if WHOLE_NUMBER.fullmatch(plain):
        amount = int(plain)
        return (amount, "") if amount <= MOST_KWON else (0, _("20억 천원보다 클 수 없어요."))
    if plain.startswith("-"):
        return 0, _("0 이상으로 적어 주세요.")
    if FRACTION.fullmatch(plain):
        return 0, _("천원 단위의 정수로 적어 주세요. 예: 3,000")
    return 0, _("“%(typed)s” 대신 숫자로 적어 주세요. 예: 3,000") % {"typed": typed[:20]}


@dataclass
class BudgetDraft:
    """All that the budget page edits of one project."""

    project: Project
    rows: list[RowDraft]
    texts: dict[str, Any]
    errors: list[str] = field(default_factory=list)

    @classmethod
    def stored(cls, project: Project) -> BudgetDraft:
        """Return the budget as it is saved."""
        texts = {name: getattr(project, name) for name in (*TEXTS, *LISTS, "run_by_administration_alone")}
        return cls(project, [_stored_row(line) for line in project.lines.all()], texts)

    @classmethod
    def typed(cls, project: Project, data: QueryDict) -> BudgetDraft:
        """Read what was typed; cells that cannot be read keep their words and carry an error."""
        keys = [key for key in data.getlist("row") if KEY.fullmatch(key)][:MOST_ROWS]
        rows = [_typed_row(key, data) for key in dict.fromkeys(keys)]
        texts: dict[str, Any] = {name: _clean(data.get(name, ""))[: LONGEST[name]] for name in TEXTS}
        for name in LISTS:
            texts[name] = [line.strip()[:200] for line in _clean(data.get(name, "")).splitlines() if line.strip()]
        texts["run_by_administration_alone"] = "run_by_administration_alone" in data
        return cls(project, rows, texts)

    def check(self) -> bool:
        """Note what cannot be saved at its cell; say whether everything can."""
        found = cell_problems(self.project, [row.to_input() for row in self.rows])
        for (number, column), expected in found.items():
            self.rows[number].errors.setdefault(column.removesuffix("_kwon"), expected)
        return not any(row.errors for row in self.rows)

    def to_fact(self) -> rulebook.Project:
        """Return the project with what was typed as a fact for the rulebook."""
        for name, value in self.texts.items():
            setattr(self.project, name, value)
        return project_facts(self.project, [row.to_fact() for row in self.rows])

    def add(self, item: str, nature: str = "") -> RowDraft:
        """Add an empty row for an item."""
        taken = {row.key for row in self.rows}
        key = next(f"new{number}" for number in range(1, MOST_ROWS * 2) if f"new{number}" not in taken)
        row = RowDraft(key, item, nature=nature, amounts=dict.fromkeys(SOURCES, 0))
        row.write_amounts()
        self.rows.append(row)
        return row

    def remove(self, key: str) -> None:
        """Take a row out."""
        self.rows = [row for row in self.rows if row.key != key]

    def groups(self) -> Iterator[tuple[str, list[RowDraft], int]]:
        """Yield category, rows and sum in the order of the codes."""
        for category in sorted({row.category for row in self.rows}):
            rows = [row for row in self.rows if row.category == category]
            yield category, rows, sum(row.total for row in rows)

    def sums(self) -> dict[str, int]:
        """Return the sum of each source and of all."""
        by_source = {source: sum(row.amounts[source] for row in self.rows) for source in SOURCES}
        return {**by_source, "total": sum(by_source.values())}


def _stored_row(line: Line) -> RowDraft:
    row = RowDraft(
        key=str(line.pk),
        item=line.item,
        basis=line.basis,
        flags=list(line.flags),
        reason=line.reason,
        register_of_goods=line.register_of_goods,
        nature=line.nature,
        amounts={source: getattr(line, f"{source}_kwon") for source in SOURCES},
    )
    row.write_amounts()
    return row


def _typed_row(key: str, data: QueryDict) -> RowDraft:
    def text(name: str) -> str:
        return _clean(data.get(f"{name}-{key}", ""))

    row = RowDraft(
        key=key,
        item=text("item")[:6],
        basis=text("basis")[: LONGEST["basis"]],
        cells={source: text(source)[:40] for source in SOURCES},
        flags=[flag for flag in data.getlist(f"flag-{key}") if flag in Flag.values],
        reason=text("reason")[: LONGEST["reason"]],
        register_of_goods=f"register-{key}" in data,
        nature=text("nature") if text("nature") in rulebook.STATED else "",
    )
    for source in SOURCES:
        row.amounts[source], problem = read_amount(row.cells[source])
        if problem:
            row.errors[source] = problem
    return row


def _clean(text: str) -> str:
    """Return a text without the null character, which the database cannot keep."""
    return text.replace("\x00", "").strip()
