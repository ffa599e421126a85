"""The local survey of Dobong: findings, resources, projects and plans, and two questionnaires with their answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from madang.decide.survey import operations
from madang.decide.survey.models import JointProject, Questionnaire, RelatedPlan, Survey
from madang.decide.survey.operations import Contact, Facts, Frame, Wording
from madang.ground.people.actors import NOBODY
from madang.site.demo import content
from madang.site.demo.scenes import who
from madang.site.demo.scenes.names import draw
from madang.site.demo.scenes.scene import Scene, moment

BEGUN_ON = date(2020, 2, 16)
LOOKED_ON = date(2020, 3, 14)
WRITTEN_ON = date(2020, 3, 19)
TYPED_AFTER = timedelta(days=1)
ONLINE_DAYS = (0, 4, 8, 12)


def scenes() -> Iterator[Scene]:
    """Yield the survey from its beginning to its correction, and the life of each questionnaire."""
    whole = content.survey()
    yield Scene(moment(BEGUN_ON, 11), "survey begun", _begin)
    yield Scene(moment(LOOKED_ON, 16), "survey resources listed", _resources)
    yield Scene(moment(LOOKED_ON, 17), "survey registers filled", _registers)
    yield Scene(moment(WRITTEN_ON, 15), "survey findings written", _write)
    yield Scene(moment(whole["survey"]["published_on"], 10), "survey published", _publish)
    yield Scene(moment(whole["correction"]["on"], 10), "survey finding corrected", _correct)
    yield Scene(moment(whole["suggestion"]["on"], 20), "survey resource suggested", _suggest)
    for number, entry in enumerate(whole["questionnaire"], start=1):
        yield from _life_of(f"questionnaire {number}", entry)


def _life_of(name: str, entry: dict[str, Any]) -> Iterator[Scene]:
    yield Scene(moment(entry["announced_on"], 14), f"{name} announced", partial(_announce, entry))
    sheets = answers_of(entry)
    papers = entry.get("papers", 0)
    online = sheets[papers:]
    for place, days in enumerate(ONLINE_DAYS if online else ()):
        part = online[place :: len(ONLINE_DAYS)]
        day = entry["opens_on"] + timedelta(days=days)
        yield Scene(moment(day, 21), f"{name} answered {place + 1}", partial(_answer, entry, part, place))
    if papers:
        at = moment(entry["closes_on"] + TYPED_AFTER, 11)
        yield Scene(at, f"{name} paper typed", partial(_type, entry, sheets[:papers]))
    if "results_on" in entry:
        yield Scene(moment(entry["results_on"], 10), f"{name} results", partial(_results, entry))


def answers_of(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the invented sheets of a questionnaire by the keys of its questions, the same every time.

    ``weights`` of a question are how many choose each answer among those who are asked.
    """
    sheets: list[dict[str, Any]] = [{} for _number in range(entry.get("answers", 0))]
    for question in entry["question"] if sheets else ():
        on, if_chosen = question.get("depends_on", ""), question.get("if_chosen", [])
        asked = [sheet for sheet in sheets if not on or sheet.get(on) in if_chosen]
        order = sorted(range(len(asked)), key=lambda place: draw(f"{question['key']}|{place}", 10**9))
        for turn, answer in enumerate(_given(question)):
            sheet = asked[order[turn % len(asked)]]
            if question["kind"] == "multiple":
                sheet[question["key"]] = tuple(sorted({*sheet.get(question["key"], ()), answer}))
            elif turn < len(asked):
                sheet[question["key"]] = answer
    return sheets


def _given(question: dict[str, Any]) -> list[Any]:
    """Return the answers to one question, one a person in turn."""
    if question["kind"] == "text":
        return list(question["texts"])
    if question["kind"] == "number":
        return [years + draw(f"{years}|{turn}", 3) for turn in range(9) for years in question["weights"]]
    return [number for number, people in enumerate(question["weights"], start=1) for _person in range(people)]


def _begin(at: datetime) -> None:
    whole, actor = content.survey(), who.acting("seodaon", at)
    told = whole["survey"]
    survey = operations.start_survey(
        district=who.district(),
        cycle=who.cycle(),
        way=told["way"],
        starts_on=told["starts_on"],
        ends_on=told["ends_on"],
        outline=told["outline"],
        actor=actor,
        at=at,
    )
    for doer in whole["doer"]:
        operations.add_doer(survey=survey, actor=actor, at=at, **doer)


def _resources(at: datetime) -> None:
    for entry in content.survey()["resource"]:
        operations.add_resource(
            district=who.district(),
            facts=_facts(entry, at),
            contact=Contact(
                person_name=entry.get("person_name", ""),
                phone=entry.get("phone", ""),
                consent_way=entry.get("consent_way", ""),
                consent_on=entry.get("consent_on"),
            ),
            actor=who.acting("hanjiwon", at),
            at=at,
        )


def _facts(entry: dict[str, Any], at: datetime) -> Facts:
    dong = who.dong("dobong", entry.get("dong", ""), at.date())
    return Facts(entry["kind"], entry["theme"], entry["title"], entry["about"], dong, entry.get("place", ""))


def _registers(at: datetime) -> None:
    whole, district, actor = content.survey(), who.district(), who.acting("mungaram", at)
    empty: dict[str, Any] = {"to_year": None, "link": ""}
    projects = [{**empty, "amount_kwon": None, **entry} for entry in whole["project"]]
    plans = [{**empty, **entry} for entry in whole["plan"]]
    operations.import_entries(model=JointProject, district=district, rows=projects, actor=actor, at=at)
    operations.import_entries(model=RelatedPlan, district=district, rows=plans, actor=actor, at=at)


def _write(at: datetime) -> None:
    whole, survey, actor = content.survey(), _survey(), who.acting("hanjiwon", at)
    for method in whole["method"]:
        operations.add_method(survey=survey, actor=actor, at=at, **method)
    for heading, text in whole["findings"].items():
        operations.write_finding(survey=survey, heading=heading, text=text, actor=actor, at=at)


def _publish(at: datetime) -> None:
    operations.publish_survey(survey=_survey(), actor=who.acting("seodaon", at), at=at)


def _correct(at: datetime) -> None:
    whole = content.survey()
    change = whole["correction"]
    operations.write_finding(
        survey=_survey(),
        heading=change["heading"],
        text=whole["findings"][change["heading"]].replace(change["from"], change["to"]),
        reason=change["reason"],
        actor=who.acting("hanjiwon", at),
        at=at,
    )


def _suggest(at: datetime) -> None:
    entry = content.survey()["suggestion"]
    operations.suggest_resource(
        district=who.district(),
        facts=_facts(entry, at),
        contact=Contact(),
        consents=False,
        actor=who.acting(entry["person"], at),
        at=at,
    )


def _announce(entry: dict[str, Any], at: datetime) -> None:
    actor = who.acting("hanjiwon", at)
    names = ("kind", "title", "intro", "access", "opens_on", "closes_on")
    made = operations.draft_questionnaire(
        district=who.district(),
        cycle=who.cycle(),
        frame=Frame(**{name: entry[name] for name in names}),
        actor=actor,
        at=at,
    )
    put: dict[str, Any] = {}
    for question in entry["question"]:
        wording = Wording(
            kind=question["kind"],
            text=question["text"],
            choices=question.get("choices", ()),
            required=question.get("required", False),
            depends_on=put.get(question.get("depends_on", "")),
            if_chosen=question.get("if_chosen", ()),
        )
        put[question["key"]] = operations.put_question(questionnaire=made, wording=wording, actor=actor, at=at)
    operations.announce_questionnaire(questionnaire=made, actor=actor, at=at)


def _answer(entry: dict[str, Any], sheets: list[dict[str, Any]], place: int, at: datetime) -> None:
    made, keys = _questionnaire(entry)
    for number, sheet in enumerate(sheets):
        key = uuid5(NAMESPACE_URL, f"{entry['title']}|{place}|{number}")
        operations.answer(questionnaire=made, key=key, answers=_by_number(sheet, keys), actor=NOBODY, at=at)


def _type(entry: dict[str, Any], sheets: list[dict[str, Any]], at: datetime) -> None:
    made, keys = _questionnaire(entry)
    actor = who.acting("pyohangyeol", at)
    for number, sheet in enumerate(sheets, start=1):
        operations.enter_paper(questionnaire=made, number=number, answers=_by_number(sheet, keys), actor=actor, at=at)


def _results(entry: dict[str, Any], at: datetime) -> None:
    made, _keys = _questionnaire(entry)
    operations.publish_results(questionnaire=made, actor=who.acting("hanjiwon", at), at=at)


def _by_number(sheet: dict[str, Any], keys: dict[str, str]) -> dict[str, Any]:
    return {keys[key]: answer for key, answer in sheet.items()}


def _survey() -> Survey:
    return Survey.objects.select_related("district", "cycle").get(
        district__slug="dobong", cycle__planning_year=who.PLANNING_YEAR
    )


def _questionnaire(entry: dict[str, Any]) -> tuple[Questionnaire, dict[str, str]]:
    """Return a questionnaire with the numbers of its questions by their keys in the content."""
    made = Questionnaire.objects.select_related("district", "cycle").get(title=entry["title"])
    numbers = made.questions.order_by("place").values_list("pk", flat=True)
    keys = [question["key"] for question in entry["question"]]
    return made, {key: str(number) for key, number in zip(keys, numbers, strict=True)}
