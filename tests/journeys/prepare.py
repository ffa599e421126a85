"""What stands before the first page is opened: the cycle, 25 districts, and the people of Nowon, by the operations.

    python prepare.py

Prints the accounts as JSON: key -> e-mail. Nobody is signed in, and the resident of the journey is not among them.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import django

django.setup()

from madang.ground.bodies.operations import Seat, found_body, seat_member  # noqa: E402
from madang.ground.bodies.states import BodyKind, Gender, MemberClass  # noqa: E402
from madang.ground.cycles.operations import join_cycle, open_cycle  # noqa: E402
from madang.ground.cycles.states import Participation  # noqa: E402
from madang.ground.people.actors import SYSTEM  # noqa: E402
from madang.ground.people.models import Person  # noqa: E402
from madang.ground.people.operations import add_department, appoint, register_person  # noqa: E402
from madang.ground.people.roles import Role  # noqa: E402
from madang.ground.places.models import District  # noqa: E402

AT = datetime(2020, 1, 6, 9, 0, tzinfo=ZoneInfo("Asia/Seoul"))
FIRST_DAY = date(2020, 1, 1)
STAYS_OUT = {"jongno": Participation.NOT_TAKING_PART, "jung": Participation.OTHER_TYPE}


class Account(NamedTuple):
    """Somebody who can sign in: role, name, district (empty for the city) and department."""

    role: Role
    name: str
    district: str = "nowon"
    department: str = ""


ACCOUNTS = {
    "support": Account(Role.SUPPORT_OFFICER, "한지오"),
    "secretariat": Account(Role.SECRETARIAT, "문가온"),
    "coordinator": Account(Role.COORDINATOR, "서다미"),
    "parks": Account(Role.DEPARTMENT_OFFICER, "추하람", department="푸른도시과"),
    "roads": Account(Role.DEPARTMENT_OFFICER, "도길동", department="토목과"),
    "first_judge": Account(Role.SUBCOMMITTEE_MEMBER, "예다온"),
    "second_judge": Account(Role.SUBCOMMITTEE_MEMBER, "유하늬"),
    "council": Account(Role.COUNCIL_MEMBER, "고은솔"),
    "desk": Account(Role.DESK_OFFICER, "표한솔"),
    "dobong": Account(Role.SUPPORT_OFFICER, "구도담", district="dobong"),
    "city": Account(Role.CITY_OFFICER, "오세아", district=""),
}


def main() -> None:
    cycle = open_cycle(planning_year=2020, actor=SYSTEM, at=AT)
    for district in District.objects.order_by("slug"):
        participation = STAYS_OUT.get(district.slug, Participation.CARRYING_OUT)
        join_cycle(cycle=cycle, district=district, participation=participation, actor=SYSTEM, at=AT)
    people = {key: _person(key, account) for key, account in ACCOUNTS.items()}
    _council(people["council"])
    print(json.dumps({key: person.email for key, person in people.items()}))


def _person(key: str, account: Account) -> Person:
    place = District.objects.get(slug=account.district) if account.district else None
    office = None
    if place is not None and account.department:
        office = add_department(district=place, name=account.department, actor=SYSTEM, at=AT)
    email = f"{key.replace('_', '.')}@{account.district or 'seoul'}.example"
    person = register_person(email=email, name=account.name, actor=SYSTEM, at=AT)
    appoint(
        person=person,
        role=account.role,
        district=place,
        department=office,
        starts_on=FIRST_DAY,
        actor=SYSTEM,
        at=AT,
    )
    return person


def _council(member: Person) -> None:
    """Ten members, eight of them private and five of them women; one of them can sign in."""
    council = found_body(
        district=District.objects.get(slug="nowon"),
        kind=BodyKind.COUNCIL,
        name="노원구 협치회의",
        since_on=FIRST_DAY,
        actor=SYSTEM,
        at=AT,
    )
    names = [member.name, "박노을", "이수락", "최당현", "정불암", "강월계", "조공릉", "윤하계", "장중계", "임상계"]
    for number, name in enumerate(names):
        seat = Seat(
            name=name,
            member_class=MemberClass.PRIVATE if number < 8 else MemberClass.ADMINISTRATION,
            appointed=number < 8,
            gender=Gender.FEMALE if number % 2 == 0 else Gender.MALE,
            person=member if number == 0 else None,
        )
        seat_member(body=council, seat=seat, starts_on=FIRST_DAY, actor=SYSTEM, at=AT)


if __name__ == "__main__":
    main()
