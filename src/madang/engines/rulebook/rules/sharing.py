"""How a plan went round, was handed in and was spread, over the site's records: PLAN-9, 12 and 13."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import PLAN, Finding, NotJudged, Severity
from ..records import EXPERTS, RESIDENT_WAYS, WORKING_GROUP, HandingIn, PlanRecords, Sharing
from ..view import View
from .say import Both, found

Results = Iterator[Finding | NotJudged]

WAY_NAMES = {
    "neighbourhood": Both("근린", "neighbourhood"),
    "dong": Both("동", "dong"),
    "district": Both("구", "district"),
    "online": Both("온라인", "online"),
}


def handed_in(facts: HandingIn, view: View) -> Results:
    """PLAN-9: the council approved exactly the version submitted, by the last day (P 4, A 5①).

    The same holds for the version that mediation changed, before the final selection.
    """
    if facts.approved is None:
        message = Both("협치회의가 승인한 판이 없어요.", "The council has approved no version.")
        remedy = Both("승인을 먼저 받아 주세요.", "Have it approved first.")
        yield found("PLAN-9", view, PLAN, message, remedy)
    elif not facts.same:
        message = Both(
            f"승인된 {facts.approved}판 뒤에 고친 곳이 있어요.",
            f"Something was changed after version {facts.approved} was approved.",
        )
        remedy = Both(
            f"{facts.draft}판을 다시 승인받거나 고친 곳을 되돌려 주세요.",
            f"Have version {facts.draft} approved or take the changes back.",
        )
        yield found("PLAN-9", view, PLAN, message, remedy)
    if facts.days_late > 0:
        message = Both(f"제출할 날이 {facts.days_late}일 지났어요.", f"The last day was {facts.days_late} days ago.")
        remedy = Both("서울시에 다시 열어 달라고 해 주세요.", "Ask the city to open the submission again.")
        yield found("PLAN-9", view, PLAN, message, remedy)


def gone_round(records: PlanRecords, view: View) -> Results:
    """PLAN-12: the draft went round, and every opinion has an answer: open ones block, missing rounds warn (C3)."""
    facts = records.sharing
    if facts is None:
        yield NotJudged("PLAN-12", "그때는 남기지 않던 기록이에요", "was not recorded at that time")
        return
    if facts.unanswered:
        message = Both(
            f"초안에 들어온 의견 {facts.opinions}건 가운데 {facts.unanswered}건에 답이 없어요.",
            f"{facts.unanswered} of {facts.opinions} opinions on the draft have no answer.",
        )
        remedy = Both("의견마다 반영했는지와 까닭을 답해 주세요.", "Answer each: taken up, partly or not, and why.")
        yield found("PLAN-12", view, PLAN, message, remedy)
    if not facts.rounds:
        message = Both("초안을 돌려 의견을 들은 기록이 없어요.", "No round of opinions on the draft is recorded.")
        remedy = Both(
            "워킹그룹과 주민에게 초안을 돌리고 전문가의 검토를 받아 주세요.",
            "Send the draft to working groups and residents, and have experts review it.",
        )
        yield found("PLAN-12", view, PLAN, message, remedy, severity=Severity.WARN)
        return
    yield from _missing_rounds(facts, view)


def _missing_rounds(facts: Sharing, view: View) -> Results:
    """Yield to whom the draft did not go."""
    reached = {way for way, _body in facts.rounds}
    groups = {body for way, body in facts.rounds if way == WORKING_GROUP}
    if not facts.groups:
        yield NotJudged("PLAN-12", "워킹그룹 기록이 없어요", "no working group is recorded")
    missing = tuple(name for name in facts.groups if name not in groups)
    if missing:
        names = ", ".join(missing)
        yield _warn(f"초안이 가지 않은 워킹그룹이 있어요: {names}.", f"It did not go to: {names}.", view)
    ways = [WAY_NAMES[way] for way in RESIDENT_WAYS if way not in reached]
    if ways:
        yield _warn(
            "초안을 주민과 나누지 않은 길이 있어요: " + ", ".join(way.ko for way in ways) + ".",
            "Ways in which residents did not get the draft: " + ", ".join(way.en for way in ways) + ".",
            view,
        )
    if EXPERTS not in reached:
        yield _warn("전문가가 초안을 검토한 기록이 없어요.", "No review by experts is recorded.", view)


def _warn(ko: str, en: str, view: View) -> Finding:
    remedy = Both("초안을 돌리고 들은 의견과 답을 남겨 주세요.", "Send it round and record what was said and answered.")
    return found("PLAN-12", view, PLAN, Both(ko, en), remedy, severity=Severity.WARN)


def spread(records: PlanRecords, view: View) -> Results:
    """PLAN-13: the approved plan is handed out for everyone to read, and the carrying partners agree (C3)."""
    facts = records.spreading
    if facts is None:
        yield NotJudged("PLAN-13", "그때는 남기지 않던 기록이에요", "was not recorded at that time")
        return
    if not facts.approved:
        yield NotJudged("PLAN-13", "아직 승인되지 않았어요", "it is not approved yet")
        return
    if not facts.handed_out:
        message = Both("승인한 계획을 나눈 기록이 없어요.", "Nowhere was the approved plan handed out.")
        remedy = Both(
            "누구나 읽도록 나누고 언제 어디에 두었는지 적어 주세요.", "Hand it out and record where and when."
        )
        yield found("PLAN-13", view, PLAN, message, remedy)
    missing = tuple(name for name in facts.partners if name not in facts.agreed)
    if missing:
        names = ", ".join(missing)
        message = Both(
            f"실행을 함께할 {len(facts.partners)}곳 가운데 {len(missing)}곳과 협약하지 않았어요: {names}.",
            f"{len(missing)} of {len(facts.partners)} carrying partners have no agreement: {names}.",
        )
        remedy = Both("협약을 맺고 그 날과 문서를 남겨 주세요.", "Sign with them and keep the day and the document.")
        yield found("PLAN-13", view, PLAN, message, remedy)
