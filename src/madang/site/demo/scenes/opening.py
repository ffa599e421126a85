"""January: the city opens the year, districts join, and Dobong's people, departments and bodies are in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from madang.ground.bodies.operations import OrdinanceText, Seat, found_body, keep_ordinance, seat_member
from madang.ground.bodies.states import BodyKind, Gender, MemberClass, StandsFor
from madang.ground.cycles.operations import join_cycle, open_cycle
from madang.ground.cycles.states import Participation
from madang.ground.people.actors import SYSTEM
from madang.ground.people.models import Department
from madang.ground.people.operations import add_department, appoint, register_person
from madang.ground.people.roles import Role
from madang.site.demo import content
from madang.site.demo.scenes import who
from madang.site.demo.scenes.names import draw, name_for
from madang.site.demo.scenes.scene import Scene, moment

FIRST_DAY = date(2020, 1, 1)
# What a seat makes of its holder besides the role that the content names.
ROLE_OF_SEAT = {
    "council": Role.COUNCIL_MEMBER,
    "subcommittee": Role.SUBCOMMITTEE_MEMBER,
    "executive_committee": Role.SUBCOMMITTEE_MEMBER,
    "working_group": Role.WORKING_GROUP_MEMBER,
}
# Seats without a name in the content: the class they count as, and what they are.
UNNAMED = {
    "private": ("private", "위원"),
    "intermediary": ("private", "중간지원조직"),
    "expert": ("private", "전문가"),
    "school": ("administration", "학교"),
    "police": ("administration", "경찰"),
    "lead_department": ("administration", "주관부서"),
    "governance_department": ("administration", "협치부서"),
    "secretariat": ("administration", "협치추진단"),
    "district_councillor": ("district_councillor", "구의원"),
}
# What the word for somebody's place in a working group says that they stand for.
PARTS = (("제안자", StandsFor.PROPOSER), ("자문", StandsFor.EXPERT), ("전문가", StandsFor.EXPERT))


def scenes() -> Iterator[Scene]:
    """Yield what happens before the first forum."""
    yield Scene(moment(date(2020, 1, 2), 9), "people of the city", _city)
    yield Scene(moment(date(2020, 1, 6), 9), "cycle 2020 opened", _cycle)
    yield Scene(moment(date(2020, 1, 7), 9), "people of Dobong", _dobong)
    yield Scene(moment(date(2020, 1, 8), 9), "bodies of Dobong", _bodies)


def _city(at: datetime) -> None:
    for entry in content.people():
        if entry.get("city"):
            person = register_person(email=entry["email"], name=entry["name"], actor=SYSTEM, at=at)
            appoint(person=person, role=Role(entry["role"]), district=None, starts_on=FIRST_DAY, actor=SYSTEM, at=at)


def _cycle(at: datetime) -> None:
    officer = who.acting("oserin", at)
    cycle = open_cycle(planning_year=who.PLANNING_YEAR, actor=officer, at=at)
    for entry in content.districts():
        join_cycle(
            cycle=cycle,
            district=who.district(entry["slug"]),
            participation=Participation(entry["participation"]),
            actor=officer,
            at=at,
        )


def _dobong(at: datetime) -> None:
    district = who.district()
    offices = {
        entry["key"]: add_department(district=district, name=entry["name"], actor=SYSTEM, at=at)
        for entry in content.departments()
    }
    for entry in content.people():
        if entry.get("city"):
            continue
        person = register_person(
            email=entry["email"],
            name=entry["name"],
            dong=who.dong("dobong", entry.get("dong", ""), at.date()),
            actor=SYSTEM,
            at=at,
        )
        office = offices.get(entry.get("department", ""))
        for role in _roles(entry):
            appoint(
                person=person,
                role=role,
                district=district,
                department=office,
                starts_on=FIRST_DAY,
                actor=SYSTEM,
                at=at,
            )


def _roles(entry: dict[str, Any]) -> list[Role]:
    """Return the roles of somebody; the secretariat's people of a department answer for it as well."""
    roles = [Role(entry["role"])] if entry.get("role") else []
    if entry.get("department") and Role.DEPARTMENT_OFFICER not in roles:
        roles.append(Role.DEPARTMENT_OFFICER)
    return roles


def _held_roles(entry: dict[str, Any]) -> list[Role]:
    """Return the roles that somebody needs no further appointment for; a chair sits on the council anyway."""
    roles = _roles(entry)
    return [*roles, Role.COUNCIL_MEMBER] if Role.COUNCIL_CHAIR in roles else roles


def _bodies(at: datetime) -> None:
    staff = who.acting("seodaon", at)
    district = who.district()
    held = {(entry["key"], role) for entry in content.people() for role in _held_roles(entry)}
    offices = {entry["key"]: entry["name"] for entry in content.departments()}
    for entry in content.bodies():
        if "enacted_on" in entry:
            keep_ordinance(district=district, text=_ordinance(entry), actor=staff, at=at)
        body = found_body(
            district=district,
            kind=BodyKind(entry["kind"]),
            name=entry["name"],
            since_on=entry["since_on"],
            until_on=entry.get("until_on"),
            actor=staff,
            at=at,
        )
        for seat in _seats(entry):
            seat = _of_working_group(seat, entry, offices) if entry["kind"] == "working_group" else seat
            seat_member(body=body, seat=seat, starts_on=max(FIRST_DAY, entry["since_on"]), actor=staff, at=at)
        role = ROLE_OF_SEAT.get(entry["kind"])
        for member in entry["member"] if role else ():
            if (member["person"], role) in held:
                continue
            held.add((member["person"], role))
            appoint(
                person=who.person(member["person"]),
                role=Role(role),
                district=district,
                starts_on=FIRST_DAY,
                actor=SYSTEM,
                at=at,
            )


def _ordinance(entry: dict[str, Any]) -> OrdinanceText:
    """Return what the content tells of the ordinance of a council."""
    return OrdinanceText(
        title=entry["ordinance"],
        enacted_on=entry["enacted_on"],
        size_max=entry["size_max"],
        term_years=entry["term_years"],
    )


def _of_working_group(seat: Seat, entry: dict[str, Any], offices: dict[str, str]) -> Seat:
    """Return a seat of a working group with the department in charge, and with what its word says."""
    office = None
    if seat.position == "주관부서":
        office = Department.objects.get(district=who.district(), name=offices[entry["departments"][0]])
    parts = tuple(dict.fromkeys(part.value for word, part in PARTS if word in seat.position))
    return replace(seat, department=office, stands_for=parts)


def _seats(entry: dict[str, Any]) -> Iterator[Seat]:
    """Yield the named seats of a body and then those of which the content tells only the number."""
    open_seats = dict(entry.get("composition", {}))
    for member in entry["member"]:
        known = who.people_by_key()[member["person"]]
        yield Seat(
            name=known["name"],
            member_class=MemberClass(member["class"]),
            appointed=member["appointed"],
            elected=member.get("elected", False),
            gender=Gender(known["gender"]),
            position=member.get("position", ""),
            field=member.get("field", ""),
            affiliation=known.get("about", ""),
            person=who.person(member["person"]),
        )
        filled = next((kind for kind in open_seats if open_seats[kind] and _fits(kind, member)), "private")
        if open_seats.get(filled):
            open_seats[filled] -= 1
    for kind, number in open_seats.items():
        for place in range(number):
            text = f"{entry['key']}|{kind}|{place}"
            member_class, position = UNNAMED[kind]
            yield Seat(
                name=name_for(text),
                member_class=MemberClass(member_class),
                appointed=member_class != "administration",
                elected=member_class == "district_councillor",
                gender=(Gender.FEMALE, Gender.MALE)[draw(text, 2)],
                position=position,
            )


def _fits(kind: str, member: dict[str, Any]) -> bool:
    """Say whether a named member takes one of the seats of a kind."""
    return UNNAMED[kind] == (member["class"], member.get("position")) or UNNAMED[kind][0] == member["class"]
