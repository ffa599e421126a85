"""The facts that the rules judge: a plan with its members, tasks, projects and budget lines.

Facts are built from a `madang-plan/1` document (`reading`) or directly from database rows. A value of None means
that the document leaves it out: the rule that needs it is then not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Class = Literal["private", "administration", "district_councillor", "city_councillor"]
Gender = Literal["female", "male", "other", "unknown"]
Part = Literal["sectoral", "foundation"]
Source = Literal["city", "district", "national", "other"]

CLASSES: tuple[Class, ...] = ("private", "administration", "district_councillor", "city_councillor")
GENDERS: tuple[Gender, ...] = ("female", "male", "other", "unknown")
PARTS: tuple[Part, ...] = ("sectoral", "foundation")
SOURCES: tuple[Source, ...] = ("city", "district", "national", "other")

DURABLE_GOODS = "durable_goods"
LEASE_DEPOSIT = "lease_deposit"
MEETING_FEE = "meeting_fee"
ORGANISATION_STAFF = "organisation_staff"
FLAGS = (DURABLE_GOODS, LEASE_DEPOSIT, MEETING_FEE, ORGANISATION_STAFF)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a body: class, whether elected, whether appointed (위촉직) or ex officio (당연직), gender."""

    member_class: Class
    elected: bool = False
    appointed: bool | None = True
    gender: Gender = "unknown"
    name: str = ""

    @property
    def counts_as_private(self) -> bool:
        """Say whether the member counts as private: elected officials count as administration (G 2.1.1(2))."""
        return self.member_class == "private" and not self.elected


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line: item code of the fiscal year and amounts by source in whole thousand won.

    `ref` is the caller's own name of the line, which findings carry along.
    """

    item: str
    city: int = 0
    district: int = 0
    national: int = 0
    other: int = 0
    basis: str = ""
    flags: frozenset[str] = frozenset()
    reason: str | None = None
    register_of_goods: bool | None = None
    nature: str | None = None
    ref: str = ""

    @property
    def total(self) -> int:
        """Return the amount of all sources in thousand won."""
        return self.city + self.district + self.national + self.other


@dataclass(frozen=True, slots=True)
class JointOperation:
    """Who plans and runs a project together, when and how; None where the document leaves it out."""

    departments: tuple[str, ...] = ()
    private_partners: tuple[str, ...] = ()
    when: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A task (추진과제) of the base plan."""

    id: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A project (의제별 실행계획) of the action plan, with its budget lines."""

    id: str
    part: Part
    lines: tuple[Line, ...] = ()
    title: str = ""
    task: str | None = None
    joint_operation: JointOperation | None = None
    transfer_reason: str | None = None
    run_by_administration_alone: bool | None = None
    not_fundable: tuple[int, ...] | None = None

    @property
    def total(self) -> int:
        """Return the amount of all lines and sources in thousand won."""
        return sum(line.total for line in self.lines)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan: district, years, city grant in thousand won, members of the council, tasks and projects.

    `kept` holds what was worked out from these very facts; it is no part of them and is not handed on by `replace`.
    """

    district: str
    planning_year: int
    fiscal_year: int
    city_grant: int | None = None
    members: tuple[Member, ...] | None = None
    tasks: tuple[Task, ...] | None = None
    projects: tuple[Project, ...] | None = None
    rulebook: str = "2020"
    kept: dict[str, tuple[Any, Any]] = field(init=False, default_factory=dict, repr=False, compare=False)

    @property
    def sectoral(self) -> tuple[Project, ...]:
        """Return the projects of sectoral work (분야별 협치과제)."""
        return tuple(project for project in self.projects or () if project.part == "sectoral")

    def lines(self) -> Iterator[tuple[Project, Line]]:
        """Yield every line with its project."""
        for project in self.projects or ():
            for line in project.lines:
                yield project, line
