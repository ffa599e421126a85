"""Composition of the district council: BODY-1 to 4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..facts import Member, PlanFacts
from ..findings import MEMBERS, Finding, Measure, NotJudged, Severity
from ..shares import WHOLE, exceeds, falls_short, largest_inside, percent
from ..view import View
from .say import Both, found, left_out

Results = Iterator[Finding | NotJudged]

GENDER_NAMES = {"female": Both("여성", "Women"), "male": Both("남성", "Men"), "other": Both("기타", "Other gender")}

REMEDY_GENDER = {
    "BODY-3": Both("다른 성별의 위촉직 위원을 늘려 주세요.", "Appoint more members of another gender."),
    "BODY-5": Both("다른 성별의 위원을 늘려 주세요.", "Add members of another gender."),
}


def private_majority(facts: PlanFacts, view: View) -> Results:
    """BODY-1: private members, appointed and ex officio together, reach their share; exactly at it warns."""
    members = facts.members
    if members is None:
        yield left_out("BODY-1", "members")
        return
    limit, total = view.number("bodies.private_share_min"), len(members)
    clause = view.clause("BODY-1", "bodies.private_share_min")
    private = sum(member.counts_as_private for member in members)
    measure = Measure(private, total, percent(private, total, limit), limit, None)
    if not members:
        message = Both("협치회의 위원이 한 명도 없어요.", "The council has no members.")
        yield found("BODY-1", view, MEMBERS, message, _remedy_private(limit), measure=measure, clause=clause)
    elif falls_short(private, total, limit):
        message = Both(
            f"민간위원이 {total}명 가운데 {private}명, {measure.percent}%예요 (최소 {limit}%).",
            f"{private} of {total} members are private, {measure.percent} % (at least {limit} %).",
        )
        yield found("BODY-1", view, MEMBERS, message, _remedy_private(limit), measure=measure, clause=clause)
    elif private * WHOLE == total * limit:
        message = Both(
            f"민간위원이 딱 {limit}%예요. 안내서에는 {limit}% 초과라는 말도 있어요.",
            f"Private members are exactly {limit} %; the guide also says more than {limit} %.",
        )
        remedy = Both("민간위원을 한 명 더 두면 확실해요.", "One more private member puts it beyond doubt.")
        yield found("BODY-1", view, MEMBERS, message, remedy, severity=Severity.WARN, measure=measure)


def _remedy_private(limit: int) -> Both:
    """Return how the share of private members is mended."""
    return Both(
        f"민간위원이 전체의 {limit}% 이상이 되도록 위원을 늘리거나 바꿔 주세요.",
        f"Add or exchange members until at least {limit} % are private.",
    )


def elected_as_administration(facts: PlanFacts, view: View) -> Results:
    """BODY-2: an elected person is not entered as private (G 2.1.1(2))."""
    if facts.members is None:
        yield left_out("BODY-2", "members")
        return
    for number, member in enumerate(facts.members, 1):
        if member.elected and member.member_class == "private":
            message = Both(
                f"{number}번째 위원: 선출직인데 민간으로 적혀 있어요.",
                f"Member {number} is elected but entered as private.",
            )
            remedy = Both(
                "행정 또는 구의원·시의원으로 바꿔 주세요. 선출직은 행정위원으로 세요.",
                "Enter the person as administration or councillor; elected officials count as administration.",
            )
            yield found("BODY-2", view, MEMBERS, message, remedy)


def gender_balance(facts: PlanFacts, view: View) -> Results:
    """BODY-3: no gender passes its share of the appointed members; ex-officio members are not counted."""
    if facts.members is None:
        yield left_out("BODY-3", "members")
        return
    if any(member.appointed is None for member in facts.members):
        yield left_out("BODY-3", "appointed", MEMBERS)
        return
    appointed = [member for member in facts.members if member.appointed]
    if not appointed:
        yield NotJudged("BODY-3", "위촉직 위원이 없어요", "there are no appointed members", MEMBERS)
        return
    whole = Both("위촉직", "appointed members")
    yield from one_sided("BODY-3", "bodies.gender_share_max", appointed, whole, view)
    yield from unknown_gender("BODY-3", appointed, whole, view)


def unknown_gender(rule: str, members: Sequence[Member], whole: Both, view: View) -> Iterator[Finding]:
    """Yield a warning where the gender of members is not known; `whole` names of whom."""
    unknown = sum(member.gender == "unknown" for member in members)
    if unknown:
        message = Both(
            f"{whole.ko} {len(members)}명 가운데 {unknown}명의 성별을 몰라요.",
            f"The gender of {unknown} of {len(members)} {whole.en} is unknown.",
        )
        remedy = Both("성별을 확인해 적어 주세요.", "Find out and enter it.")
        yield found(rule, view, MEMBERS, message, remedy, severity=Severity.WARN)


def one_sided(rule: str, key: str, members: Sequence[Member], whole: Both, view: View) -> Iterator[Finding]:
    """Yield a finding for each gender over its share of the members; `whole` names of whom."""
    limit, total = view.number(key), len(members)
    for gender, name in GENDER_NAMES.items():
        count = sum(member.gender == gender for member in members)
        if exceeds(count, total, limit):
            largest = largest_inside(count, total, limit)
            measure = Measure(count, total, percent(count, total, limit), limit, largest)
            message = Both(
                f"{name.ko}이 {whole.ko} {total}명 가운데 {count}명, {measure.percent}%예요 (최대 {limit}%).",
                f"{name.en} are {count} of {total} {whole.en}, {measure.percent} % (at most {limit} %).",
            )
            remedy = REMEDY_GENDER.get(rule, REMEDY_GENDER["BODY-5"])
            clause = view.clause(rule, key)
            yield found(rule, view, MEMBERS, message, remedy, measure=measure, clause=clause)


def city_requirements(facts: PlanFacts, view: View) -> Results:
    """BODY-4: the city's check: women and private members reach their shares of all members (P review)."""
    if facts.members is None:
        yield left_out("BODY-4", "members")
        return
    if not facts.members:
        yield NotJudged("BODY-4", "위원이 없어요", "there are no members", MEMBERS)
        return
    total = len(facts.members)
    rows = (
        (Both("여성", "Women"), "bodies.women_share_min", sum(one.gender == "female" for one in facts.members)),
        (
            Both("민간", "Private members"),
            "bodies.city_private_share_min",
            sum(one.counts_as_private for one in facts.members),
        ),
    )
    for name, key, count in rows:
        limit = view.number(key)
        if falls_short(count, total, limit):
            measure = Measure(count, total, percent(count, total, limit), limit, None)
            message = Both(
                f"시 요건 검토: {name.ko} 위원이 {total}명 가운데 {count}명, {measure.percent}%예요 (최소 {limit}%).",
                f"The city's check: {name.en} are {count} of {total}, {measure.percent} % (at least {limit} %).",
            )
            remedy = Both(
                "최종 선정 전까지 비율을 맞추거나 시의 확인을 받아 주세요.",
                "Reach the share before final selection, or have the city waive it.",
            )
            yield found("BODY-4", view, MEMBERS, message, remedy, measure=measure, clause=view[key].clause)
