"""The other 24 districts: a support officer each, forums, proposals and agendas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from madang.decide.agendas.operations.merging import merge
from madang.decide.agendas.operations.proposals import Source, Words, propose, write_down
from madang.decide.agendas.states import Origin
from madang.decide.forums.operations import plan_forum, record_forum
from madang.ground.people.actors import SYSTEM, actor_for
from madang.ground.people.operations import add_department, appoint, register_person
from madang.ground.people.roles import Role
from madang.site.demo import content
from madang.site.demo.scenes import who
from madang.site.demo.scenes.names import draw, name_for
from madang.site.demo.scenes.proposals import key_of
from madang.site.demo.scenes.scene import Scene, moment

FIRST_DAY = date(2020, 1, 1)
EARLIEST = moment(date(2020, 1, 13))
DEPARTMENT = "마을자치과"
# Who works for a district of the example: the first part of the address, and the role.
CAST = (
    ("support", Role.SUPPORT_OFFICER),
    ("coordinator", Role.COORDINATOR),
    ("village", Role.DEPARTMENT_OFFICER),
    ("member1", Role.SUBCOMMITTEE_MEMBER),
    ("member2", Role.SUBCOMMITTEE_MEMBER),
)
Entry = dict[str, Any]


def officer_of(slug: str) -> str:
    """Return the address of the support officer of a district."""
    return "hanjiwon@dobong.example" if slug == "dobong" else address(slug, "support")


def address(slug: str, who_there: str) -> str:
    """Return the address of somebody who works for a district of the example."""
    return f"{who_there}@{slug}.example"


def others() -> list[Entry]:
    """Return the districts of the content without Dobong."""
    return [entry for entry in content.districts() if entry["slug"] != "dobong"]


def scenes() -> Iterator[Scene]:
    """Yield what happens in the districts, apart from their stages, votes and plans."""
    yield Scene(moment(date(2020, 1, 9), 9), "people of the districts", _people)
    for entry in others():
        slug = entry["slug"]
        for place, forum in enumerate([*entry["forums"], *filter(None, [entry.get("coming")])], start=1):
            planned_at = max(EARLIEST, forum["starts_at"] - timedelta(days=18))
            yield Scene(planned_at, f"{slug} forum {place} planned", partial(_plan_forum, slug, forum))
            if "participants" in forum:
                recorded_at = forum["starts_at"] + timedelta(hours=20)
                yield Scene(recorded_at, f"{slug} forum {place} recorded", partial(record, slug, forum))
        for number, (at, proposal) in enumerate(_in_time(entry), start=1):
            run = partial(_propose, slug, number, proposal)
            yield Scene(at, f"{slug} proposal {number}", run)
        if entry["agendas"]:
            yield Scene(moment(merged_on(entry)), f"{slug} agendas merged", partial(_merge, entry))


def merged_on(entry: Entry) -> date:
    """Return the day on which a district merges its proposals: soon after it entered that stage."""
    from madang.site.demo.scenes.stages import stages_of

    return stages_of(entry)["merge"] + timedelta(days=2)


def _people(at: datetime) -> None:
    for entry in others():
        slug = entry["slug"]
        district = who.district(slug)
        cast = CAST if entry["agendas"] else CAST[:1]
        for place, role in cast:
            person = register_person(email=address(slug, place), name=name_for(f"{slug}|{place}"), actor=SYSTEM, at=at)
            office = None
            if role is Role.DEPARTMENT_OFFICER:
                office = add_department(district=district, name=DEPARTMENT, actor=SYSTEM, at=at)
            appoint(
                person=person,
                role=role,
                district=district,
                department=office,
                starts_on=FIRST_DAY,
                actor=SYSTEM,
                at=at,
            )


def _plan_forum(slug: str, forum: Entry, at: datetime) -> None:
    plan_forum(
        district=who.district(slug),
        cycle=who.cycle(),
        kind=forum["kind"],
        title=forum["title"],
        place=forum["place"],
        dong=who.dong(slug, forum["dong"], forum["starts_at"].date()),
        starts_at=forum["starts_at"],
        ends_at=forum["starts_at"] + timedelta(hours=2),
        actor=who.acting_as(officer_of(slug), at),
        at=at,
    )


def record(slug: str, forum: Entry, at: datetime) -> None:
    record_forum(
        forum=who.forum_titled(slug, forum["title"]),
        counts=_counts(forum["title"], forum["participants"]),
        outcome=forum["outcome"],
        actor=who.acting_as(officer_of(slug), at),
        at=at,
    )


def _counts(title: str, people: int) -> dict[str, dict[str, int]]:
    """Return how many came to a forum by origin, gender and age; each way adds up to the people there were."""
    women = people * (48 + draw(f"{title}|women", 16)) // 100
    administration, groups = 2 + people // 30, people // 8
    ages = {key: people * share // 100 for key, share in (("20s", 14), ("30s", 19), ("40s", 24), ("50s", 18))}
    return {
        "origin": {
            "residents": people - administration - groups,
            "groups": groups,
            "administration": administration,
        },
        "gender": {"female": women, "male": people - women},
        "age": {**ages, "60s": people - sum(ages.values())},
    }


def _in_time(entry: Entry) -> list[tuple[datetime, Entry]]:
    """Return a district's proposals with the moments at which they come, in the order of the content."""
    last = merged_on(entry) if entry["agendas"] else date(2020, 6, 3)
    number = len(entry["proposals"])
    days = [last - timedelta(days=4 * (number - place) - draw(entry["slug"], 3)) for place in range(number)]
    return [
        (moment(day, 11 + place), {**proposal, "forum": _forum_of(entry, proposal, day)})
        for place, (day, proposal) in enumerate(zip(days, entry["proposals"], strict=True))
    ]


def _forum_of(entry: Entry, proposal: Entry, day: date) -> str:
    """Return the title of the forum in the same dong from which a proposal may have come, or nothing."""
    held = [forum for forum in entry["forums"] if forum["starts_at"].date() < day]
    return next((forum["title"] for forum in held if forum["dong"] == proposal["dong"]), "")


def _propose(slug: str, number: int, proposal: Entry, at: datetime) -> None:
    district, dong = who.district(slug), who.dong(slug, proposal["dong"], at.date())
    words = Words(title=proposal["title"], problem=proposal["problem"], wish=proposal["wish"], dong=dong)
    name = name_for(f"{slug}|resident|{number}")
    key = key_of(slug, number)
    if proposal["forum"]:
        forum = who.forum_titled(slug, proposal["forum"])
        source = Source(origin=Origin.FORUM, forum=forum, proposer_name=name)
        officer = who.acting_as(officer_of(slug), at)
        write_down(district=district, words=words, source=source, submission_key=key, actor=officer, at=at)
        return
    resident = register_person(email=address(slug, f"resident{number}"), name=name, dong=dong, actor=SYSTEM, at=at)
    propose(district=district, words=words, submission_key=key, actor=actor_for(resident, at), at=at)


def _merge(entry: Entry, at: datetime) -> None:
    slug = entry["slug"]
    for agenda in entry["agendas"]:
        merge(
            proposals=who.proposals(slug, agenda["proposals"]),
            title=agenda["title"],
            summary=agenda["summary"],
            reason="공론장과 누리집에서 같은 어려움을 말씀하셔서 한 의제로 다듬었어요.",
            actor=who.acting_as(officer_of(slug), at),
            at=at,
        )
